using NaturalThoughts.Checkpoints.Templates.Bounds;
using NaturalThoughts.Checkpoints.Templates.Tree;

namespace NaturalThoughts.Checkpoints.Templates.Syntax;

internal sealed partial class Parser
{
    private Expression ParsePrimary()
    {
        Token token = Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                Take();
                return token.Text switch
                {
                    "true" or "True" => new Literal(token.Line, true),
                    "false" or "False" => new Literal(token.Line, false),
                    "none" or "None" => new Literal(token.Line, null),
                    _ => ParseName(token),
                };
            case TokenKind.Integer or TokenKind.Float:
                return new Literal(Take().Line, token.Number);
            case TokenKind.String:
                return new Literal(token.Line, ParseStrings());
            default:
                if (Skip("("))
                {
                    Expression inner = ParseTuple(parentheses: true);
                    Expect(")");
                    return inner;
                }

                return Current.Is("[") ? ParseList() : Current.Is("{") ? ParseMap() : throw Unexpected("an expression");
        }
    }

    private NameReference ParseName(Token token)
    {
        if (token.Text is "self" or "super" or "varargs" or "kwargs")
        {
            throw TemplateErrors.Unsupported(_origin, token.Line, $"The name '{token.Text}'");
        }

        _readsCaller |= token.Text == "caller";
        _names.Read(token.Text);
        return new NameReference(token.Line, token.Text);
    }

    private string ParseStrings()
    {
        string text = Take().Text;
        while (Current.Kind == TokenKind.String)
        {
            text += Take().Text;
        }

        return text;
    }

    private ListLiteral ParseList()
    {
        int line = Take().Line;
        List<Expression> items = [];
        while (!Current.Is("]"))
        {
            if (items.Count > 0)
            {
                Expect(",");
                if (Current.Is("]"))
                {
                    break;
                }
            }

            items.Add(ParseExpression());
        }

        Expect("]");
        return new ListLiteral(line, items, IsTuple: false);
    }

    private MapLiteral ParseMap()
    {
        int line = Take().Line;
        List<(Expression Key, Expression Value)> entries = [];
        while (!Current.Is("}"))
        {
            if (entries.Count > 0)
            {
                Expect(",");
                if (Current.Is("}"))
                {
                    break;
                }
            }

            Expression key = ParseExpression();
            Expect(":");
            entries.Add((key, ParseExpression()));
        }

        Expect("}");
        return new MapLiteral(line, entries);
    }

    /// <summary>Expressions that commas part: a tuple, or the one expression.</summary>
    private Expression ParseTuple(bool conditional = true, bool parentheses = false, string? end = null)
    {
        int line = Current.Line;
        List<Expression> items = [];
        bool isTuple = false;
        while (true)
        {
            if (items.Count > 0)
            {
                Expect(",");
            }

            if (Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd || Current.Is(")") || (end is not null && Current.IsName(end)))
            {
                break;
            }

            items.Add(ParseExpression(conditional));
            if (!Current.Is(","))
            {
                break;
            }

            isTuple = true;
        }

        if (!isTuple && items.Count == 1)
        {
            return items[0];
        }

        return isTuple || parentheses ? new ListLiteral(line, items, IsTuple: true) : throw Unexpected("an expression");
    }
}
