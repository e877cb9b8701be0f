namespace NaturalThoughts.Answers.Mathematics;

internal sealed partial class Parser
{
    /// <summary>What brackets hold: a group, a pair, an interval, a set, a floor; brackets directly in brackets are read in a loop.</summary>
    private Node Bracket()
    {
        Token token = Current;
        switch (token.Text)
        {
            case "{" when Following is { Kind: TokenKind.Close, Text: "}" } && _tokens[_at + 2].Kind == TokenKind.Mark && _tokens[_at + 2].Text is "_" or "^":
                _at += 2;
                return Choose();
            case "{":
                return Group();
            case "\\{":
                return Braces();
            case "floor" or "ceil":
                _at++;
                Node inner = Inside(outward: false);
                Close(token.Text);
                return Node.Call(token.Text, inner);
            case "angle":
                _at++;
                Node items = Inside(outward: false);
                Close("angle");
                return Node.Of(NodeKind.Tuple, "()", items.Kind == NodeKind.List ? items.Args : [items]);
            default:
                return Interval();
        }
    }

    /// <summary>Round or square brackets, in any pairing.</summary>
    private Node Interval()
    {
        int open = 1;
        string first = Current.Text;
        _at++;
        while (first == "(" && Current is { Kind: TokenKind.Open, Text: "(" })
        {
            _at++;
            open++;
        }

        Node node = Inside(outward: first is "[" or "]");
        while (true)
        {
            string last = Current.Kind is TokenKind.Close or TokenKind.Open && Current.Text is ")" or "]" or "["
                ? Current.Text
                : throw new UnreadableException("a bracket that is not closed");
            _at++;
            node = Bracketed(node, first, last);
            if (--open == 0)
            {
                return node;
            }

            if (Current is not { Kind: TokenKind.Close, Text: ")" or "]" })
            {
                _given = Postfix(node);
                node = Inside(outward: false);
            }
        }
    }

    private Node Bracketed(Node node, string first, string last)
    {
        if (node.Kind == NodeKind.List)
        {
            string left = first == "(" || first == "]" ? "(" : "[";
            string right = last == ")" || last == "[" ? ")" : "]";
            return Node.Of(NodeKind.Tuple, left + right, node.Args);
        }

        if ((first == "(") != (last == ")") || (first == "[" && last != "]") || first == "]")
        {
            throw new UnreadableException("brackets that do not match");
        }

        if (Current.Is("_") && node is { Kind: NodeKind.Number, Value.IsInteger: true, Value.Sign: >= 0 })
        {
            _at++;
            string name = SubscriptName();
            int radix = Units.NumberWord(name.Replace("base", "", StringComparison.Ordinal).Trim()) ?? (int.TryParse(name, out int value) ? value : 0);
            return radix is >= 2 and <= 36 ? Node.Numeral(node.Value.ToString(), radix) : throw new UnreadableException("a number with a subscript");
        }

        return node;
    }

    private Node Inside(bool outward)
    {
        Enter();
        (int bars, int braces, int before) = (_bars, _braces, _outward);
        (_bars, _braces, _outward) = (0, 0, outward ? 1 : 0);
        Node node = List(inBrackets: true);
        (_bars, _braces, _outward) = (bars, braces, before);
        _depth--;
        return node;
    }

    /// <summary>A vector in the angle brackets of plain text.</summary>
    private Node Angles()
    {
        _at++;
        _angles++;
        Node items = Inside(outward: false);
        _angles--;
        _at += Current.Is(">") ? 1 : throw new UnreadableException("a bracket that is not closed");
        return items.Kind == NodeKind.List ? Node.Of(NodeKind.Tuple, "()", items.Args) : throw new UnreadableException("a vector of one component");
    }

    /// <summary>A set in braces, by its elements or by a condition.</summary>
    private Node Braces()
    {
        Enter();
        _at++;
        if (Current is { Kind: TokenKind.Close, Text: "\\}" })
        {
            _at++;
            _depth--;
            return Node.Of(NodeKind.Set, "");
        }

        (int bars, int braces, int before) = (_bars, _braces, _outward);
        (_bars, _braces, _outward) = (0, 1, 0);
        Node node = List(inBrackets: true);
        bool built = Current.Is("|") || Current.Is(":");
        node = built ? Builder(node) : Node.Of(NodeKind.Set, "", node.Kind == NodeKind.List ? node.Args : [node]);
        (_bars, _braces, _outward) = (bars, braces, before);
        Close("\\}");
        _depth--;
        return node;
    }

    private Node Builder(Node collected)
    {
        _at++;
        _braces = 0;
        Node condition = List(inBrackets: true);
        return Node.Of(NodeKind.Builder, "", collected, condition);
    }

    /// <summary>Combinations and permutations in school notation: _8C_3, ^8P_3.</summary>
    private Node Choose()
    {
        _at++;
        Node all = Argument();
        string letter = Current.Kind == TokenKind.Letter ? Current.Text : "";
        _at++;
        if (letter is not ("C" or "P") || !Current.Is("_"))
        {
            throw new UnreadableException("a subscript of nothing");
        }

        _at++;
        return Node.Call(letter == "C" ? "binom" : "permutations", all, Argument());
    }

    private bool IsChoose() => Following.Kind is TokenKind.Number or TokenKind.Open or TokenKind.Letter;
}
