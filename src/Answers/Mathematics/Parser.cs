namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Reads the tokens of an answer into a tree: lists of items, relations, sets, sums, products, powers.</summary>
internal sealed partial class Parser
{
    /// <summary>Brackets in brackets; each level takes about ten calls. Deep texts are read on a thread with a stack of its own.</summary>
    private const int Deepest = 2_000;

    /// <summary>Signs after one another that each make the tree deeper, such as factorials.</summary>
    private const int MostWrapped = 400;

    private readonly List<Token> _tokens;

    private readonly bool _tex;

    private int _at;

    private int _depth;

    private int _wrapped;

    private int _bars;

    private int _braces;

    /// <summary>The variable of the innermost integral, once its differential was read.</summary>
    private string? _differential;

    private int _integrals;

    /// <summary>How many angle brackets of plain text are open.</summary>
    private int _angles;

    private Parser(List<Token> tokens, bool tex) => (_tokens, _tex) = (tokens, tex);

    private Token Current => _tokens[_at];

    private Token Following => _at + 1 < _tokens.Count ? _tokens[_at + 1] : _tokens[^1];

    /// <summary>The tree of a formula, with or without words around it.</summary>
    /// <param name="text">An answer without delimiters, spelled in ASCII.</param>
    /// <exception cref="UnreadableException">It is no formula.</exception>
    /// <exception cref="UndecidedException">It is too deep or too long.</exception>
    public static Node Read(string text)
    {
        bool tex = text.AsSpan().IndexOfAny('\\', '{') >= 0;
        Parser parser = new(Lexer.Tokens(text), tex);
        Node node = parser.List(inBrackets: false);
        while (parser.Current.Is("."))
        {
            parser._at++;
        }

        if (parser.Current.Kind != TokenKind.End)
        {
            throw new UnreadableException("something after the end");
        }

        return node;
    }

    /// <summary>Items that commas, semicolons, and, or separate.</summary>
    private Node List(bool inBrackets)
    {
        List<Node> items = [Item()];
        string joined = ",";
        while (Separator(inBrackets) is { } separator)
        {
            joined = separator == "," ? joined : separator;
            items.Add(Item());
        }

        return items.Count == 1 ? items[0] : Node.Of(NodeKind.List, joined, [.. items]);
    }

    private string? Separator(bool inBrackets)
    {
        string? separator = null;
        while (true)
        {
            Token token = Current;
            string? found = token switch
            {
                { Kind: TokenKind.Mark, Text: "," or ";" } => ",",
                { Kind: TokenKind.Mark, Text: "∨" } => "or",
                { Kind: TokenKind.Mark, Text: "∧" } => "and",
                { Kind: TokenKind.Mark, Text: "&" } when !inBrackets => "and",
                _ when token.IsWord("and") => "and",
                _ when token.IsWord("or") => "or",
                _ => null,
            };
            if (found is null || (separator is not null && (separator != "," || found == ",")))
            {
                return separator;
            }

            separator = found;
            _at++;
        }
    }

    private Node Item()
    {
        return Words() ?? Time() ?? Relation();
    }

    /// <summary>A chain of relations between ratios, sets and sums.</summary>
    private Node Relation()
    {
        if (Current.Is("⇒") || Current.Is("→"))
        {
            throw new UnreadableException("an arrow without a beginning");
        }

        List<Node> sides = [Ratio()];
        string signs = "";
        while (Sign() is { } sign)
        {
            _at++;
            Node side = Ratio();
            if (sign == '≈')
            {
                // The exact part counts: what follows is a rounded form of it.
                continue;
            }

            if (sign == '≡')
            {
                return Node.Of(NodeKind.Congruence, "", sides[^1], side, Modulus());
            }

            signs += sign;
            sides.Add(side);
        }

        return sides.Count == 1 ? sides[0] : Node.Of(NodeKind.Relation, signs, [.. sides]);
    }

    private char? Sign()
    {
        if (_angles > 0 && Current.Is(">"))
        {
            return null;
        }

        if (Current.Is("not"))
        {
            _at++;
            return Current.Is("=") ? '≠' : Current.Is("∈") ? '∉' : throw new UnreadableException("a negated sign");
        }

        return Current.Kind == TokenKind.Mark && Current.Text is "=" or "<" or ">" or "≤" or "≥" or "≠" or "≈" or "≡" or "∈" or "∉" ? Current.Text[0]
            : Current.Is("~") || Current.Is("≅") ? throw new UnreadableException("a relation that is not known") : null;
    }

    private Node Modulus()
    {
        if (Current.Kind == TokenKind.Command && Current.Text is "pmod" or "pod")
        {
            _at++;
            return Argument();
        }

        bool bracket = Current.Kind == TokenKind.Open && Current.Text == "(";
        _at += bracket ? 1 : 0;
        if (!Current.Is("mod") && !Current.IsWord("mod"))
        {
            throw new UnreadableException("a congruence without its modulus");
        }

        _at++;
        Node modulus = Sum();
        if (bracket)
        {
            Close(")");
        }

        return modulus;
    }

    private Node Ratio()
    {
        Node first = SetExpression();
        if (!Current.Is(":") || _braces > 0)
        {
            return first;
        }

        List<Node> parts = [first];
        while (Current.Is(":"))
        {
            _at++;
            parts.Add(SetExpression());
        }

        return Node.Of(NodeKind.Ratio, "", [.. parts]);
    }

    /// <summary>Unions, intersections and differences of sets, from left to right.</summary>
    private Node SetExpression()
    {
        Node left = Sum();
        while ((Current.Kind == TokenKind.Mark && Current.Text is "∪" or "∩" or "∖") || IsUnion(left))
        {
            string name = Current.Kind == TokenKind.Letter ? "∪" : Current.Text;
            _at++;
            left = Wrapped(Node.Call(name, left, Sum()));
        }

        return left;
    }

    /// <summary>The letter U between intervals, as it is typed for a union.</summary>
    private bool IsUnion(Node left) => Current is { Kind: TokenKind.Letter, Text: "U" } && left.Kind is NodeKind.Tuple or NodeKind.Set or NodeKind.Call
        && Following.Kind is TokenKind.Open or TokenKind.Close;

    private Node Sum()
    {
        List<Node> terms = [Product()];
        while (true)
        {
            bool done = _integrals > 0 && _differential is not null;
            if (done || Current.Kind != TokenKind.Mark || Current.Text is not ("+" or "-" or "±" or "∓"))
            {
                return Node.Sum([.. terms]);
            }

            string sign = Current.Text;
            _at++;
            Node term = Product();
            terms.Add(sign switch { "+" => term, "-" => Node.Negative(term), _ => Node.Call(sign, term) });
        }
    }

    private void Close(string bracket)
    {
        if (Current.Kind != TokenKind.Close || Current.Text != bracket)
        {
            throw new UnreadableException("a bracket that is not closed");
        }

        _at++;
    }

    private Node Wrapped(Node node) => ++_wrapped > MostWrapped ? throw new UndecidedException("too many signs after one another") : node;

    private void Enter()
    {
        if (++_depth > Deepest)
        {
            throw new UndecidedException("brackets too deep");
        }
    }
}
