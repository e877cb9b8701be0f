using NaturalThoughts.Checkpoints.Templates.Tree;

namespace NaturalThoughts.Checkpoints.Templates.Syntax;

internal sealed partial class Parser
{
    private Expression ParseExpression(bool conditional = true) => Deeper<Expression>(conditional ? ParseConditional : ParseOr);

    private Expression ParseConditional()
    {
        Expression value = ParseOr();
        while (Current.IsName("if"))
        {
            int line = Take().Line;
            Expression test = ParseOr();
            Expression? otherwise = SkipName("else") ? Deeper(ParseConditional) : null;
            value = new Conditional(line, test, value, otherwise);
        }

        return value;
    }

    private Expression ParseOr()
    {
        Expression left = ParseAnd();
        while (Current.IsName("or"))
        {
            left = new Logical(Take().Line, IsAnd: false, left, ParseAnd());
        }

        return left;
    }

    private Expression ParseAnd()
    {
        Expression left = ParseNot();
        while (Current.IsName("and"))
        {
            left = new Logical(Take().Line, IsAnd: true, left, ParseNot());
        }

        return left;
    }

    private Expression ParseNot() =>
        Current.IsName("not") ? new Not(Take().Line, Deeper(ParseNot)) : ParseCompare();

    private Expression ParseCompare()
    {
        int line = Current.Line;
        Expression first = ParseSum();
        List<(string Operator, Expression Right)> rest = [];
        while (Comparison() is { } name)
        {
            rest.Add((name, ParseSum()));
        }

        return rest.Count == 0 ? first : new Compare(line, first, rest);
    }

    /// <summary>Takes an operator of comparison; null when there is none.</summary>
    private string? Comparison()
    {
        if (Current.Kind == TokenKind.Operator && Current.Text is "==" or "!=" or "<" or "<=" or ">" or ">=")
        {
            return Take().Text;
        }

        if (SkipName("in"))
        {
            return "in";
        }

        if (Current.IsName("not") && _tokens[_next + 1].IsName("in"))
        {
            _next += 2;
            return "not in";
        }

        return null;
    }

    private Expression ParseSum()
    {
        Expression left = ParseConcat();
        while (Current.Is("+") || Current.Is("-"))
        {
            Token sign = Take();
            left = new Binary(sign.Line, sign.Text, left, ParseConcat());
        }

        return left;
    }

    private Expression ParseConcat()
    {
        int line = Current.Line;
        List<Expression> parts = [ParseProduct()];
        while (Skip("~"))
        {
            parts.Add(ParseProduct());
        }

        return parts.Count == 1 ? parts[0] : new Concat(line, parts);
    }

    private Expression ParseProduct()
    {
        Expression left = ParsePower();
        while (Current.Kind == TokenKind.Operator && Current.Text is "*" or "/" or "//" or "%")
        {
            Token sign = Take();
            left = new Binary(sign.Line, sign.Text, left, ParsePower());
        }

        return left;
    }

    // From left to right, unlike Python's.
    private Expression ParsePower()
    {
        Expression left = ParseUnary(filters: true);
        while (Current.Is("**"))
        {
            left = new Binary(Take().Line, "**", left, ParseUnary(filters: true));
        }

        return left;
    }

    private Expression ParseUnary(bool filters)
    {
        Expression node = Current.Is("-") || Current.Is("+")
            ? new Negate(Current.Line, Take().Text == "-", Deeper(() => ParseUnary(filters: false)))
            : ParsePrimary();
        node = ParsePostfix(node);
        return filters ? ParseFilters(node) : node;
    }
}
