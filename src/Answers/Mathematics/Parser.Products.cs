namespace NaturalThoughts.Answers.Mathematics;

internal sealed partial class Parser
{
    /// <summary>Factors, with signs between them or side by side, from left to right.</summary>
    private Node Product()
    {
        List<Node> factors = [Unary()];
        while (!(_integrals > 0 && _differential is not null))
        {
            Token token = Current;
            if (token.Is("*") || IsTimes(factors[^1]))
            {
                _at++;
                factors.Add(AfterSign(factors[^1]));
            }
            else if (token.Is("/") || (token.IsWord("per") && factors.Exists(factor => factor.Any(inner => inner.Kind == NodeKind.Unit))))
            {
                _at++;
                Node divisor = AfterSign(token.Kind == TokenKind.Word ? Node.Unit("unit") : factors[^1]);
                divisor = Divisor(divisor, factors);
                factors.Add(Node.Power(divisor, Node.MinusOne));
            }
            else if (token.Is("mod"))
            {
                _at++;
                Node left = Node.Product([.. factors]);
                factors = [Wrapped(Node.Call("mod", left, Unary()))];
            }
            else if (token.Kind == TokenKind.Word)
            {
                if (!UnitWord(factors))
                {
                    break;
                }
            }
            else if (!Adjacent(factors))
            {
                break;
            }
        }

        return Node.Product([.. factors]);
    }

    /// <summary>
    /// Letters directly after a divisor belong to it, as in R/ab and 1/xy; not after a fraction of numbers, as in 3/4x, and not after a blank.
    /// </summary>
    private Node Divisor(Node divisor, List<Node> factors)
    {
        bool fraction = divisor.Kind == NodeKind.Number && factors is [{ Kind: NodeKind.Number }];
        if (fraction || divisor.Kind is not (NodeKind.Number or NodeKind.Symbol or NodeKind.Power))
        {
            return divisor;
        }

        List<Node> parts = [divisor];
        while (Current is { Kind: TokenKind.Letter, Spaced: false, Roman: false } && !(_integrals > 0 && Current.Text == "d"))
        {
            parts.Add(Power());
        }

        return Node.Product([.. parts]);
    }

    /// <summary>What follows an explicit sign; after a unit a single letter is a unit too, as in km/h.</summary>
    private Node AfterSign(Node before)
    {
        bool unit = before.Kind == NodeKind.Unit || (before.Kind == NodeKind.Power && before.Args[0].Kind == NodeKind.Unit);
        if (unit && Current.Kind is TokenKind.Letter or TokenKind.Word && Units.FindRoman(Current.Text) is { } key)
        {
            _at++;
            return Postfix(Node.Unit(key));
        }

        return Unary();
    }

    /// <summary>The letter x between two numbers: 1.5 x 10^8.</summary>
    private bool IsTimes(Node before) =>
        Current is { Kind: TokenKind.Letter, Text: "x" or "X" } && before.Kind == NodeKind.Number && Following.Kind == TokenKind.Number
        && ((Following.Text == "10" && _tokens[_at + 2].Is("^")) || (Current.Spaced && Following.Spaced));

    /// <summary>A factor that follows without a sign; false where none does.</summary>
    private bool Adjacent(List<Node> factors)
    {
        Token token = Current;
        Node last = factors[^1];
        if (last is { Kind: NodeKind.Unit } && last.Name.StartsWith("noun:", StringComparison.Ordinal)
            && token.Kind is not (TokenKind.Mark or TokenKind.Close or TokenKind.End or TokenKind.Number))
        {
            throw new UnreadableException("a formula after words");
        }

        switch (token.Kind)
        {
            case TokenKind.Number or TokenKind.Numeral:
                if (last.Kind == NodeKind.Unit && last.Name is not ("$" or "€" or "£" or "¥" or "₹"))
                {
                    // 2 hours 30 minutes, 22 degrees 30 minutes of arc.
                    Enter();
                    Node first = Node.Product([.. factors]);
                    factors.Clear();
                    factors.Add(Node.Sum(first, Product()));
                    _depth--;
                    return true;
                }

                if (last.Kind is NodeKind.Number or NodeKind.Symbol && !(_tex && token.Kind == TokenKind.Number && _tokens[_at - 1].Kind == TokenKind.Close))
                {
                    throw new UnreadableException("a number after a number or a letter");
                }

                factors.Add(Unary());
                return true;
            case TokenKind.Letter when last.Kind == NodeKind.Number && IsSpeed():
                factors.Add(Postfix(Node.Unit(Units.FindRoman(token.Text)!)));
                return true;
            case TokenKind.Letter when token.Roman && token.Text is not ("i" or "e" or "d" or "pi") && Units.FindRoman(token.Text) is { } key
                && last.Kind != NodeKind.Symbol:
                _at++;
                factors.Add(Postfix(Node.Unit(key)));
                return true;
            case TokenKind.Letter when IsUnion(last):
                return false;
            case TokenKind.Letter or TokenKind.Function or TokenKind.Currency:
                factors.Add(Power());
                return true;
            case TokenKind.Command when token.Text is not ("pmod" or "pod" or "end"):
                factors.Add(Power());
                return true;
            case TokenKind.Open:
                // An outward bracket closes an interval: [2,5[.
                if (token.Text == "[" && _outward > 0)
                {
                    return false;
                }

                factors.Add(Power());
                return true;
            case TokenKind.Mark when token.Text is "|" or "‖" && _bars == 0 && _braces == 0:
                factors.Add(Power());
                return true;
            default:
                return false;
        }
    }

    /// <summary>A letter that begins a speed or a flow after a number: 3 m/s.</summary>
    private bool IsSpeed()
    {
        Token token = Current;
        bool speed = token.Spaced && Units.FindRoman(token.Text) is not null && Following.Is("/") && _tokens[_at + 2].Kind is TokenKind.Letter or TokenKind.Word
            && Units.FindRoman(_tokens[_at + 2].Text) is not null;
        _at += speed ? 1 : 0;
        return speed;
    }

    /// <summary>A unit, a counted thing or a scale after a value; false where the word ends the product.</summary>
    private bool UnitWord(List<Node> factors)
    {
        Token token = Current;
        if (token.IsWord("and") || token.IsWord("or"))
        {
            return false;
        }

        if (Units.Scale(token.Text) is { } scale)
        {
            _at++;
            factors.Add(Node.Number(scale));
            return true;
        }

        if (token.IsWord("base") && factors is [{ Kind: NodeKind.Number, Value: { IsInteger: true, Sign: >= 0 } }]
            && Following is { Kind: TokenKind.Number, Value.IsInteger: true, Text.Length: < 3 } radix)
        {
            _at += 2;
            string digits = factors[0].Value.ToString();
            factors[0] = radix.Value.Numerator >= 2 && digits.All(c => c - '0' < radix.Value.Numerator)
                ? Node.Numeral(digits, (int)radix.Value.Numerator)
                : throw new UnreadableException("a base without its digits");
            return true;
        }

        if (token.IsWord("mod"))
        {
            _at++;
            Node left = Node.Product([.. factors]);
            factors.Clear();
            factors.Add(Wrapped(Node.Call("mod", left, Unary())));
            return true;
        }

        int power = token.IsWord("square") || token.IsWord("sq") ? 2 : token.IsWord("cubic") || token.IsWord("cu") ? 3 : 1;
        int at = _at + (power > 1 ? 1 : 0);
        at += power > 1 && _tokens[at].Is(".") ? 1 : 0;
        if (_tokens[at].Kind is TokenKind.Word or TokenKind.Letter && Units.FindRoman(_tokens[at].Text) is { } key)
        {
            _at = at + 1;
            Scale(key);
            Node unit = Node.Unit(key);
            factors.Add(Postfix(power > 1 ? Node.Power(unit, Node.Number(power)) : unit));
            return true;
        }

        if (token.IsWord("squared") || token.IsWord("cubed"))
        {
            _at++;
            factors[^1] = Wrapped(Node.Power(factors[^1], Node.Number(token.IsWord("squared") ? 2 : 3)));
            return true;
        }

        if (!factors.Exists(factor => factor.Any(inner => inner.Kind == NodeKind.Number)))
        {
            throw new UnreadableException("letters before words");
        }

        factors.Add(CountedThings());
        return true;

        // "degrees Celsius" is one unit.
        void Scale(string found)
        {
            if (found == "°" && (Current.IsWord("celsius") || Current.IsWord("fahrenheit") || Current is { Kind: TokenKind.Letter, Text: "C" or "F" }))
            {
                key = char.ToUpperInvariant(Current.Text[0]) == 'C' ? "°C" : "°F";
                _at++;
            }
        }
    }

    private Node CountedThings()
    {
        List<string> words = [];
        while (Current.Kind == TokenKind.Word && !Current.IsWord("and") && !Current.IsWord("or") && !Current.IsWord("per"))
        {
            if (!Units.CanCount(Current.Text))
            {
                throw new UnreadableException("words that change the meaning");
            }

            words.Add(Current.Text);
            _at++;
        }

        if (words.Count is 0 or > 4)
        {
            throw new UnreadableException("words in a formula");
        }

        return Units.Counted(string.Join(' ', words));
    }
}
