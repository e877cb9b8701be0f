namespace NaturalThoughts.Answers.Mathematics;

internal sealed partial class Parser
{
    /// <summary>A power with its signs in front; the sign covers the whole power.</summary>
    private Node Unary()
    {
        if (_given is not null)
        {
            // What was read already comes before the sign that follows.
            return Power();
        }

        bool negative = false;
        while (Current.Is("-") || Current.Is("+"))
        {
            negative ^= Current.Is("-");
            _at++;
        }

        if (Current.Is("±") || Current.Is("∓"))
        {
            string sign = Current.Text;
            _at++;
            Enter();
            Node both = Node.Call(sign, Unary());
            _depth--;
            return negative ? Node.Negative(both) : both;
        }

        Node node = Power();
        return negative ? Node.Negative(node) : node;
    }

    private Node Power() => Postfix(Primary());

    /// <summary>Exponents, factorials, percent and degree signs after a value.</summary>
    private Node Postfix(Node node)
    {
        while (Current.Kind == TokenKind.Mark)
        {
            switch (Current.Text)
            {
                case "^" when IsDegree(out int after):
                    _at = after;
                    node = Wrapped(Degrees(node));
                    break;
                case "^":
                    _at++;
                    node = Wrapped(Raised(node, Script()));
                    break;
                case "°":
                    _at++;
                    node = Wrapped(Degrees(node));
                    break;
                case "!":
                    _at++;
                    bool twice = Current.Is("!") && !Current.Spaced;
                    _at += twice ? 1 : 0;
                    node = Wrapped(Node.Call(twice ? "factorial2" : "factorial", node));
                    break;
                case "%":
                    _at++;
                    if (!Current.Spaced && Current.Kind is TokenKind.Number or TokenKind.Letter or TokenKind.Open)
                    {
                        // A remainder in the notation of programs.
                        throw new UnreadableException("a percent sign inside of a formula");
                    }

                    node = Wrapped(Node.Product(node, Node.Unit("%")));
                    break;
                case "'" when node.Kind == NodeKind.Number:
                    _at++;
                    bool seconds = Current.Is("'");
                    _at += seconds ? 1 : 0;
                    return Node.Product(node, Node.Unit(seconds ? "''" : "'"));
                case "_" when node.Kind == NodeKind.Number:
                    throw new UnreadableException("a number with a subscript");
                default:
                    return node;
            }
        }

        return node;
    }

    private static Node Raised(Node node, Node exponent)
    {
        // The sign belongs to the whole: -2 is read before, and a mixed number is one number.
        return exponent.Kind == NodeKind.Text ? throw new UnreadableException("a word in an exponent") : Node.Power(node, exponent);
    }

    /// <summary>Whether the exponent is a circle: ^\circ, ^{\circ}, ^o in braces.</summary>
    private bool IsDegree(out int after)
    {
        int at = _at + 1;
        bool braced = _tokens[at].Kind == TokenKind.Open && _tokens[at].Text == "{";
        at += braced ? 1 : 0;
        bool circle = _tokens[at].Is("∘") || _tokens[at].Is("°")
            || (_tokens[at] is { Kind: TokenKind.Letter, Text: "o" } && (_tokens[at].Roman || !braced) && _tokens[_at - 1].Kind == TokenKind.Number);
        after = at + 1;
        if (circle && braced)
        {
            circle = _tokens[after].Kind == TokenKind.Close && _tokens[after].Text == "}";
            after++;
        }

        return circle;
    }

    private Node Degrees(Node node)
    {
        if (Current is { Kind: TokenKind.Letter, Text: "C" or "F" })
        {
            string key = "°" + Current.Text;
            _at++;
            return Node.Product(node, Node.Unit(key));
        }

        if (Current.IsWord("celsius") || Current.IsWord("fahrenheit"))
        {
            string key = "°" + char.ToUpperInvariant(Current.Text[0]);
            _at++;
            return Node.Product(node, Node.Unit(key));
        }

        Node degrees = Node.Product(node, Node.Unit("°"));
        if (Current.Kind == TokenKind.Number && Following.Is("'"))
        {
            // Minutes and seconds of arc belong to the degrees.
            List<Node> parts = [degrees];
            while (Current.Kind == TokenKind.Number && Following.Is("'"))
            {
                parts.Add(Power());
            }

            return Node.Sum([.. parts]);
        }

        return degrees;
    }

    /// <summary>An exponent: a whole number, a letter or a group. TeX would take one digit of 10^12 alone; nobody who writes it means that.</summary>
    private Node Script(bool chained = true)
    {
        if (Current.Is("-") || Current.Is("+"))
        {
            bool negative = Current.Is("-");
            _at++;
            Node rest = Script();
            return negative ? Node.Negative(rest) : rest;
        }

        Enter();
        Node script = Current.Kind == TokenKind.Open && Current.Text == "{" ? Group() : Current.Kind == TokenKind.Number ? Whole() : Primary();
        if (chained && Current.Is("^") && !IsDegree(out _))
        {
            _at++;
            script = Node.Power(script, Script());
        }
        else if (!_tex)
        {
            while (Current.Is("!"))
            {
                _at++;
                script = Wrapped(Node.Call("factorial", script));
            }
        }

        _depth--;
        return script;
    }

    /// <summary>One digit: what TeX takes for an argument without braces.</summary>
    private Node Digit()
    {
        Token token = Current;
        if (token.Text.Length > 1 && char.IsAsciiDigit(token.Text[0]) && token.Text.All(char.IsAsciiDigit))
        {
            string rest = token.Text[1..];
            _tokens[_at] = token with { Text = rest, Value = new Rational(NumberReader.Integer(rest)), Spaced = false };
            _split = _at;
            return Node.Number(token.Text[0] - '0');
        }

        _at++;
        return Node.Number(token.Value);
    }

    /// <summary>What a command takes for its argument: a group in braces, or one sign.</summary>
    private Node Argument()
    {
        Enter();
        Node argument = Current.Kind switch
        {
            TokenKind.Open when Current.Text == "{" => Group(),
            TokenKind.Number => Digit(),
            TokenKind.Letter => Letter(subscripts: false),
            TokenKind.Command => Primary(),
            TokenKind.Word when Units.FindRoman(Current.Text) is { } key => UnitAlone(key),
            _ => throw new UnreadableException("a command without its argument"),
        };
        _depth--;
        return argument;
    }

    private Node UnitAlone(string key)
    {
        _at++;
        return Node.Unit(key);
    }

    /// <summary>A group of TeX: its braces do not show; with a comma inside it is a set in plain text.</summary>
    private Node Group()
    {
        Enter();
        (int bars, int braces, int outward) = (_bars, _braces, _outward);
        (_bars, _braces, _outward) = (0, 0, 0);
        int open = 0;
        while (Current.Kind == TokenKind.Open && Current.Text == "{")
        {
            _at++;
            open++;
        }

        Node node = Current.Kind == TokenKind.Close ? throw new UnreadableException("an empty group") : List(inBrackets: true);
        if (Current.Is("over") || Current.Is("choose"))
        {
            bool over = Current.Is("over");
            _at++;
            Node below = List(inBrackets: true);
            node = over ? Node.Quotient(node, below) : Node.Call("binom", node, below);
        }

        if (Current.Is("|") || Current.Is(":"))
        {
            node = Builder(node);
        }

        while (open > 0)
        {
            Close("}");
            if (--open > 0 && !(Current.Kind == TokenKind.Close && Current.Text == "}"))
            {
                node = Continue(node);
            }
        }

        (_bars, _braces, _outward) = (bars, braces, outward);
        _depth--;
        return node.Kind == NodeKind.List ? Node.Of(NodeKind.Set, "", node.Args) : node;
    }

    /// <summary>What follows an inner group inside of the outer one: {{x}+1}.</summary>
    private Node Continue(Node inner)
    {
        _given = inner;
        return List(inBrackets: true);
    }
}
