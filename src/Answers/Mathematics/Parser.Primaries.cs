using System.Text;

namespace NaturalThoughts.Answers.Mathematics;

internal sealed partial class Parser
{
    /// <summary>A value that was read already and comes before the current token; so that nested brackets need no recursion.</summary>
    private Node? _given;

    /// <summary>Where a number was split after its first digit.</summary>
    private int _split = -1;

    /// <summary>How many square brackets are open that an outward bracket may close.</summary>
    private int _outward;

    private Node Primary()
    {
        if (_given is { } given)
        {
            _given = null;
            return given;
        }

        Token token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return Number();
            case TokenKind.Numeral:
                _at++;
                return Node.Numeral(token.Text, (int)token.Value.Numerator);
            case TokenKind.Letter when IsUnitPart():
                _at++;
                return Node.Unit(Units.FindRoman(token.Text)!);
            case TokenKind.Letter:
                return Letter(subscripts: true);
            case TokenKind.Function:
                return Function();
            case TokenKind.Command:
                return Command();
            case TokenKind.Currency:
                _at++;
                Node unit = Node.Unit(token.Text == "¢" ? "cent" : token.Text);
                if (Current.Is("-") && Following.Kind == TokenKind.Number)
                {
                    _at++;
                    return Node.Negative(unit);
                }

                return unit;
            case TokenKind.Mark when token.Text == "<":
                return Angles();
            case TokenKind.Open:
                return Bracket();
            case TokenKind.Close when token.Text == "]":
                return Interval();
            case TokenKind.Mark when token.Text is "|" or "‖":
                return Absolute(token.Text);
            case TokenKind.Mark when token.Text is "_" or "^" && IsChoose():
                return Choose();
            case TokenKind.Mark when token.Text == "…":
                throw new UnreadableException("something left out");
            case TokenKind.Word when Units.FindRoman(token.Text) is { } key && (_depth > 0 || IsCode(key)):
                _at++;
                return Node.Unit(key);
            default:
                throw new UnreadableException("a value is missing");
        }
    }

    /// <summary>An upright letter alone in a group is a unit where it can be one: \frac{\text{m}}{\text{s}}.</summary>
    private bool IsUnitPart() => Current.Roman && Current.Text is not ("i" or "e" or "d" or "pi") && Units.FindRoman(Current.Text) is not null && _at > 0
        && _tokens[_at - 1] is { Kind: TokenKind.Open, Text: "{" } && (Following is { Kind: TokenKind.Close, Text: "}" } || Following.Is("^"));

    /// <summary>A currency by its code before the amount: USD 5.</summary>
    private bool IsCode(string key) => key is "$" or "€" or "£" or "¥" or "₹" && Following.Kind == TokenKind.Number;

    /// <summary>A number; with a fraction of numbers after it a mixed number.</summary>
    private Node Number()
    {
        Token token = Current;
        bool split = _split == _at;
        _at++;
        if (token.Text.EndsWith('…') || !token.Value.IsInteger || split || !token.Text.All(char.IsAsciiDigit))
        {
            return Node.Number(token.Value);
        }

        int start = _at;
        bool braced = Current is { Kind: TokenKind.Open, Text: "{" } && Following is { Kind: TokenKind.Command, Text: "frac" };
        _at += braced ? 1 : 0;
        if (Current is { Kind: TokenKind.Command, Text: "frac" } && FractionOfNumbers() is { } part
            && (!braced || Current is { Kind: TokenKind.Close, Text: "}" }))
        {
            _at += braced ? 1 : 0;
            return Node.Number(token.Value + part);
        }

        _at = start;
        if (Current is { Kind: TokenKind.Letter, Text: "C" or "P", Spaced: false } letter && Following is { Kind: TokenKind.Number, Spaced: false } chosen)
        {
            _at += 2;
            return Node.Call(letter.Text == "C" ? "binom" : "permutations", Node.Number(token.Value), Node.Number(chosen.Value));
        }

        if (Current is { Kind: TokenKind.Number, Spaced: true, Value.IsInteger: true } over && Following.Is("/")
            && _tokens[_at + 2] is { Kind: TokenKind.Number, Value: { IsInteger: true, IsZero: false } } under)
        {
            _at += 3;
            return Node.Number(token.Value + (over.Value / under.Value));
        }

        return Node.Number(token.Value);
    }

    private Rational? FractionOfNumbers()
    {
        _at++;
        return FractionPart() is { } over && FractionPart() is { IsZero: false } under ? over / under : null;
    }

    /// <summary>A whole number in braces or one digit; the tokens are only looked at.</summary>
    private Rational? FractionPart()
    {
        if (Current is { Kind: TokenKind.Open, Text: "{" })
        {
            bool number = Following is { Kind: TokenKind.Number, Value.IsInteger: true } && _tokens[_at + 2] is { Kind: TokenKind.Close, Text: "}" };
            Rational value = Following.Value;
            _at += 3;
            return number ? value : null;
        }

        if (Current is not { Kind: TokenKind.Number, Value.IsInteger: true } token)
        {
            return null;
        }

        // \frac35 is one token of two digits: the second part is the rest of it.
        if (token.Text.Length == 2 && _tokens[_at - 1].Kind == TokenKind.Command)
        {
            _tokens[_at] = token with { Text = token.Text[..1], Value = new Rational(token.Text[0] - '0') };
            _tokens.Insert(_at + 1, token with { Text = token.Text[1..], Value = new Rational(token.Text[1] - '0'), Spaced = false });
            token = Current;
        }
        else if (token.Text.Length > 1)
        {
            return null;
        }

        _at++;
        return token.Value;
    }

    /// <summary>A letter with its subscripts and primes; f(x) of a function that is not given.</summary>
    private Node Letter(bool subscripts)
    {
        Token token = Current;
        _at++;
        if (_integrals > 0 && _differential is null && token.Text == "d" && Current.Kind == TokenKind.Letter)
        {
            _differential = Current.Text;
            _at++;
            return Node.One;
        }

        if (!subscripts)
        {
            return Node.Symbol(token.Text);
        }

        StringBuilder name = new(token.Text);
        bool named = false;
        while (Current.Kind == TokenKind.Mark)
        {
            if (Current.Is("_"))
            {
                _at++;
                name.Append('_').Append(SubscriptName());
                named = true;
            }
            else if (Current.Is("'"))
            {
                _at++;
                name.Append('\'');
                named = true;
            }
            else if (Current.Is("^") && Following is { Kind: TokenKind.Open, Text: "{" } && _tokens[_at + 2].Is("'"))
            {
                _at += 2;
                while (Current.Is("'"))
                {
                    _at++;
                    name.Append('\'');
                }

                Close("}");
            }
            else
            {
                break;
            }
        }

        if (token.Text is "f" or "g" or "h" && Current.Is("^") && Following is { Kind: TokenKind.Open, Text: "{" } && _tokens[_at + 2].Is("-")
            && _tokens[_at + 3].Text == "1"
            && _tokens[_at + 4] is { Kind: TokenKind.Close, Text: "}" } && _tokens[_at + 5] is { Kind: TokenKind.Open, Text: "(" })
        {
            // The inverse function, not the reciprocal.
            _at += 5;
            name.Append("^-1");
        }

        bool opens = Current is { Kind: TokenKind.Open, Text: "(" };
        if (opens && (token.Text is "C" or "P" or "D" && !named) && Following.Kind == TokenKind.Number && _tokens[_at + 2].Is(",")
            && _tokens[_at + 3].Kind == TokenKind.Number
            && _tokens[_at + 4] is { Kind: TokenKind.Close, Text: ")" })
        {
            Node[] both = [Node.Number(Following.Value), Node.Number(_tokens[_at + 3].Value)];
            _at += 5;
            return Node.Call(token.Text == "P" ? "permutations" : "binom", both);
        }

        if (opens && (token.Text is "f" or "g" or "h" or "F" or "G" or "H" or "phi" or "Phi" or "Gamma" || name.Length > token.Text.Length || NamesFunction()))
        {
            Node argument = Bracket();
            return Node.Call("?" + name, argument.Kind == NodeKind.Tuple ? argument.Args : [argument]);
        }

        return Node.Symbol(name.ToString());
    }

    /// <summary>A letter with one letter or number in brackets before an equals sign names a function: P(x) = ...</summary>
    private bool NamesFunction() =>
        _at == 1 && Following.Kind is TokenKind.Letter or TokenKind.Number
            && _tokens[Math.Min(_at + 2, _tokens.Count - 1)] is { Kind: TokenKind.Close, Text: ")" }
        && _tokens[Math.Min(_at + 3, _tokens.Count - 1)].Is("=");

    private string SubscriptName()
    {
        if (Current is { Kind: TokenKind.Open, Text: "{" })
        {
            StringBuilder name = new();
            int depth = 0;
            do
            {
                Token token = Current;
                if (token.Kind == TokenKind.End)
                {
                    throw new UnreadableException("a subscript that is not closed");
                }

                bool brace = token.Kind is TokenKind.Open or TokenKind.Close && token.Text is "{" or "}";
                depth += !brace ? 0 : token.Kind == TokenKind.Open ? 1 : -1;
                name.Append(brace ? "" : token.Text);
                _at++;
            }
            while (depth > 0);
            return name.Length == 0 ? throw new UnreadableException("an empty subscript") : name.ToString();
        }

        Token current = Current;
        if (current.Kind is not (TokenKind.Number or TokenKind.Letter or TokenKind.Word))
        {
            throw new UnreadableException("an empty subscript");
        }

        _at++;
        return current.Text;
    }

    /// <summary>|x|: the next bar at the same level closes it.</summary>
    private Node Absolute(string bar)
    {
        Enter();
        _at++;
        _bars++;
        Node inner = List(inBrackets: true);
        _bars--;
        if (!Current.Is(bar))
        {
            throw new UnreadableException("a bar that is not closed");
        }

        _at++;
        _depth--;
        return Node.Call(bar == "‖" ? "norm" : "abs", inner);
    }
}
