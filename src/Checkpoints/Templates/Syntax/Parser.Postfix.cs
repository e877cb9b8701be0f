using NaturalThoughts.Checkpoints.Templates.Tree;

namespace NaturalThoughts.Checkpoints.Templates.Syntax;

internal sealed partial class Parser
{
    private Expression ParsePostfix(Expression node)
    {
        while (true)
        {
            if (Current.Is("."))
            {
                int line = Take().Line;
                node = Current.Kind switch
                {
                    TokenKind.Name => new AttributeReference(line, node, Take().Text),
                    TokenKind.Integer => new ItemReference(line, node, new Literal(line, Take().Number)),
                    _ => throw Unexpected("a name or a number"),
                };
            }
            else if (Current.Is("["))
            {
                node = ParseSubscript(node);
            }
            else if (Current.Is("("))
            {
                node = new Call(Current.Line, node, ParseArguments());
            }
            else
            {
                return node;
            }
        }
    }

    private Expression ParseFilters(Expression node)
    {
        while (true)
        {
            if (Current.Is("|"))
            {
                node = ParseFilter(node);
            }
            else if (Current.IsName("is"))
            {
                node = ParseTest(node);
            }
            else if (Current.Is("("))
            {
                node = new Call(Current.Line, node, ParseArguments());
            }
            else
            {
                return node;
            }
        }
    }

    private FilterCall ParseFilter(Expression node)
    {
        int line = Take().Line;
        return ParseFilterName(node, line);
    }

    private FilterCall ParseFilterName(Expression node, int line)
    {
        // One that is not supported is refused where it is applied: templates have branches that nobody takes.
        string name = DottedName("a filter");
        return new FilterCall(line, node, name, Current.Is("(") ? ParseArguments() : ArgumentList.Empty);
    }

    private Expression ParseTest(Expression node)
    {
        int line = Take().Line;
        bool negated = SkipName("not");
        string name = Current.Kind == TokenKind.Name ? DottedName("a test") : throw Unexpected("a test");
        Expression test = new TestCall(line, node, name, ParseTestArguments());
        return negated ? new Not(line, test) : test;
    }

    private ArgumentList ParseTestArguments()
    {
        if (Current.Is("("))
        {
            return ParseArguments();
        }

        bool begins = Current.Kind is TokenKind.Name or TokenKind.String or TokenKind.Integer or TokenKind.Float || Current.Is("[") || Current.Is("{");
        if (!begins || Current.IsName("else") || Current.IsName("or") || Current.IsName("and"))
        {
            return ArgumentList.Empty;
        }

        return Current.IsName("is")
            ? throw Error("Tests cannot be chained with 'is'.")
            : new ArgumentList([Deeper(() => ParsePostfix(ParsePrimary()))], []);
    }

    private string DottedName(string what)
    {
        string name = ExpectKind(TokenKind.Name, what).Text;
        while (Skip("."))
        {
            name += "." + ExpectKind(TokenKind.Name, "a name").Text;
        }

        return name;
    }

    private ArgumentList ParseArguments()
    {
        Expect("(");
        List<Expression> positional = [];
        List<(string Name, Expression Value)> named = [];
        while (!Current.Is(")"))
        {
            if (positional.Count + named.Count > 0)
            {
                Expect(",");
                if (Current.Is(")"))
                {
                    break;
                }
            }

            if (Current.Is("*") || Current.Is("**"))
            {
                throw Unsupported($"'{Current.Text}' before an argument");
            }

            if (Current.Kind == TokenKind.Name && _tokens[_next + 1].Is("="))
            {
                string name = Take().Text;
                Take();
                if (named.Exists(other => other.Name == name))
                {
                    throw Error($"The argument '{name}' is given twice.");
                }

                named.Add((name, ParseExpression()));
            }
            else
            {
                positional.Add(named.Count == 0 ? ParseExpression() : throw Error("An argument without a name stands behind one with a name."));
            }
        }

        Expect(")");
        return new ArgumentList(positional, named);
    }

    private Expression ParseSubscript(Expression node)
    {
        int line = Take().Line;
        Expression? start = Current.Is(":") ? null : ParseExpression();
        Expression result;
        if (!Skip(":"))
        {
            result = new ItemReference(line, node, start!);
        }
        else
        {
            Expression? stop = Current.Is("]") || Current.Is(":") ? null : ParseExpression();
            Expression? step = Skip(":") && !Current.Is("]") ? ParseExpression() : null;
            result = new SliceReference(line, node, start, stop, step);
        }

        if (Current.Is(","))
        {
            throw Unsupported("More than one index in brackets");
        }

        Expect("]");
        return result;
    }
}
