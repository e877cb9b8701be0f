using System.Text;

namespace NaturalThoughts.Answers.Mathematics;

internal sealed partial class Parser
{
    /// <summary>A command of TeX with its arguments.</summary>
    private Node Command()
    {
        string name = Current.Text;
        _at++;
        switch (name)
        {
            case "frac" when IsDerivative():
                Node variable = Node.Symbol(_tokens[_at + 5].Text);
                _at += 7;
                Enter();
                Node differentiated = Product();
                _depth--;
                return Node.Call("derivative", variable, differentiated);
            case "frac":
                Node over = Argument();
                return Node.Quotient(over, Argument());
            case "binom":
                Node all = Argument();
                return Node.Call("binom", all, Argument());
            case "sqrt" or "radical":
                return Root(name == "radical");
            case "root":
                Node index = Current.Kind == TokenKind.Number ? Whole() : Argument();
                _at += Current.Is("of") ? 1 : throw new UnreadableException("a root of nothing");
                return Node.Power(Argument(), Node.Power(index, Node.MinusOne));
            case "begin":
                return Environment();
            case "sum" or "prod":
                return BigOperator(name);
            case "lim":
                return Limit();
            case "int":
                return Integral();
            case "angle" or "measuredangle" or "triangle":
                return Figure(name);
            case "overline" or "bar" or "vec" or "hat" or "widehat" or "tilde" or "overrightarrow" or "underline":
                return Accent(name);
            default:
                throw new UnreadableException("a command in the wrong place");
        }
    }

    /// <summary>d/dx in braces before what is differentiated.</summary>
    private bool IsDerivative() => _at + 7 < _tokens.Count && string.Concat(_tokens.Skip(_at).Take(5).Select(token => token.Text)) == "{d}{d"
        && _tokens[_at + 5].Kind == TokenKind.Letter && _tokens[_at + 6] is { Kind: TokenKind.Close, Text: "}" } && _tokens[_at + 7].Kind != TokenKind.End
        && !_tokens[_at + 7].Is("=");

    private Node Root(bool unicode)
    {
        Node index = Node.Number(2);
        if (Current is { Kind: TokenKind.Open, Text: "[" })
        {
            _at++;
            Enter();
            index = Sum();
            _depth--;
            Close("]");
        }

        Node radicand = unicode && Current.Kind is TokenKind.Number ? Whole() : Current is { Kind: TokenKind.Open, Text: "(" } ? Bracket() : Argument();
        if (radicand.Kind is NodeKind.Tuple or NodeKind.Set)
        {
            throw new UnreadableException("a root of a list");
        }

        return Node.Power(radicand, Node.Power(index, Node.MinusOne));
    }

    private Node Whole()
    {
        Node number = Node.Number(Current.Value);
        _at++;
        return number;
    }

    /// <summary>A letter with something over it is a letter of its own; the unit vectors keep their names.</summary>
    private Node Accent(string name)
    {
        if (Current is { Kind: TokenKind.Open, Text: "{" } && Following is { Kind: TokenKind.Letter } letter
            && _tokens[_at + 2] is { Kind: TokenKind.Close, Text: "}" })
        {
            _at += 3;
            return Node.Symbol(letter.Text is "i" or "j" or "k" && name is "hat" or "vec" ? $"vec.{letter.Text}" : $"{name}.{letter.Text}");
        }

        if (Current.Kind == TokenKind.Letter)
        {
            string text = Current.Text;
            _at++;
            return Node.Symbol(text is "i" or "j" or "k" or "imath" or "jmath" && name is "hat" or "vec" ? $"vec.{text[0]}" : $"{name}.{text}");
        }

        if (FigureName() is { } corners)
        {
            return Node.Symbol($"{name}.{corners}");
        }

        Node inner = Argument();
        return name == "underline" ? inner : Node.Call("?" + name, inner);
    }

    /// <summary>Two letters or more in braces, in their order; null for anything else.</summary>
    private string? FigureName()
    {
        int at = _at + 1;
        StringBuilder name = new();
        while (Current is { Kind: TokenKind.Open, Text: "{" } && _tokens[at].Kind is TokenKind.Letter or TokenKind.Word && _tokens[at].Text is not ("i" or "e"))
        {
            name.Append(_tokens[at++].Text);
        }

        if (name.Length < 2 || _tokens[at] is not { Kind: TokenKind.Close, Text: "}" })
        {
            return null;
        }

        _at = at + 1;
        return name.ToString();
    }

    /// <summary>An angle or a triangle and the letters of its corners, in their order.</summary>
    private Node Figure(string name)
    {
        StringBuilder letters = new(name is "measuredangle" ? "angle" : name);
        letters.Append('.');
        while (Current.Kind is TokenKind.Letter or TokenKind.Word && !Current.IsWord("and") && !Current.IsWord("or"))
        {
            letters.Append(Current.Text);
            _at++;
        }

        return letters.Length == name.Length + 1 ? throw new UnreadableException("a figure without a name") : Node.Symbol(letters.ToString());
    }

    private Node BigOperator(string name)
    {
        (Node? below, Node? above) = Bounds();
        if (below is not { Kind: NodeKind.Relation, Name: "=", Args: [{ Kind: NodeKind.Symbol } index, _] } || above is null)
        {
            throw new UnreadableException("a sum without bounds");
        }

        Enter();
        Node body = Product();
        _depth--;
        return Node.Call(name, index, below.Args[1], above, body);
    }

    private (Node? Below, Node? Above) Bounds()
    {
        (Node? below, Node? above) = (null, null);
        while (Current.Is("_") || Current.Is("^"))
        {
            bool lower = Current.Is("_");
            _at++;
            Node script = Script(chained: false);
            (below, above) = lower ? (script, above) : (below, script);
        }

        return (below, above);
    }

    private Node Limit()
    {
        if (!Current.Is("_") || Following is not { Kind: TokenKind.Open, Text: "{" })
        {
            throw new UnreadableException("a limit without its point");
        }

        _at += 2;
        Node variable = Current.Kind == TokenKind.Letter ? Node.Symbol(Current.Text) : throw new UnreadableException("a limit without its variable");
        _at++;
        if (!Current.Is("→"))
        {
            throw new UnreadableException("a limit without its arrow");
        }

        _at++;
        Enter();
        bool sided = _tokens[Math.Min(_at + 3, _tokens.Count - 1)] is { Kind: TokenKind.Close, Text: "}" } && Following.Is("^")
            && _tokens[_at + 2] is { Kind: TokenKind.Mark, Text: "+" or "-" };
        Node point = sided ? Primary() : Sum();
        string side = "";
        if (sided)
        {
            side = Following.Text;
            _at += 2;
        }

        Close("}");
        Node body = Product();
        _depth--;
        return Node.Call("lim" + side, variable, point, body);
    }

    private Node Integral()
    {
        (Node? below, Node? above) = Bounds();
        Enter();
        (string? outer, int integrals) = (_differential, _integrals);
        (_differential, _integrals) = (null, 1);
        Node body = Sum();
        string variable = _differential ?? throw new UnreadableException("an integral without its variable");
        (_differential, _integrals) = (outer, integrals);
        _depth--;
        return below is null || above is null
            ? Node.Call("antiderivative", Node.Symbol(variable), body)
            : Node.Call("integral", Node.Symbol(variable), below, above, body);
    }

    /// <summary>A matrix, or lines of equations.</summary>
    private Node Environment()
    {
        string name = EnvironmentName();
        if (name is "array" && Current is { Kind: TokenKind.Open, Text: "{" })
        {
            EnvironmentName();
        }

        name = name.TrimEnd('*');
        bool lines = name is "cases" or "aligned" or "align" or "gathered" or "split" or "equation" or "gather";
        if (!lines
            && name is not ("array" or "matrix" or "pmatrix" or "bmatrix" or "Bmatrix" or "vmatrix" or "Vmatrix" or "smallmatrix" or "psmallmatrix" or
                "bsmallmatrix"))
        {
            throw new UnreadableException("an environment that is not known");
        }

        Enter();
        (int bars, int braces, int outward) = (_bars, _braces, _outward);
        (_bars, _braces, _outward) = (0, 0, 0);
        List<Node> entries = [];
        (int rows, int columns, int inRow) = (1, 0, 0);
        while (true)
        {
            entries.Add(lines ? Relation() : SetExpression());
            inRow++;
            if (Current.Is("&") && lines)
            {
                throw new UnreadableException("a formula by cases");
            }

            if (Current.Is(",") && lines)
            {
                _at++;
            }

            if (Current.Is("&") && !lines)
            {
                _at++;
                continue;
            }

            columns = columns == 0 ? inRow : columns == inRow ? columns : throw new UnreadableException("rows of different lengths");
            if (Current.Is("\\\\"))
            {
                _at++;
                if (Current is not { Kind: TokenKind.Command, Text: "end" })
                {
                    (rows, inRow) = (rows + 1, 0);
                    continue;
                }
            }

            break;
        }

        if (Current is not { Kind: TokenKind.Command, Text: "end" })
        {
            throw new UnreadableException("an environment that is not closed");
        }

        _at++;
        if (EnvironmentName().TrimEnd('*') != name)
        {
            throw new UnreadableException("an environment that ends as another");
        }

        (_bars, _braces, _outward) = (bars, braces, outward);
        _depth--;
        string bracket = name.StartsWith('v') ? "|" : name.StartsWith('V') ? "‖" : "";
        return lines ? Node.Of(NodeKind.List, "and", [.. entries]) : Node.Matrix(bracket, rows, [.. entries]);
    }

    private string EnvironmentName()
    {
        StringBuilder name = new();
        if (Current is not { Kind: TokenKind.Open, Text: "{" })
        {
            throw new UnreadableException("an environment without its name");
        }

        for (_at++; Current.Kind != TokenKind.Close; _at++)
        {
            name.Append(Current.Kind == TokenKind.End ? throw new UnreadableException("an environment without its name") : Current.Text);
        }

        _at++;
        return name.ToString();
    }
}
