using NaturalThoughts.Checkpoints.Templates.Bounds;
using NaturalThoughts.Checkpoints.Templates.Tree;

namespace NaturalThoughts.Checkpoints.Templates.Syntax;

internal sealed partial class Parser
{
    /// <summary>Statements up to the end, or to a tag that begins with one of the words, at which the parser then stands.</summary>
    private Statement[] ParseStatements(params string[] ends) => Deeper(() => ReadStatements(ends));

    private Statement[] ReadStatements(string[] ends)
    {
        List<Statement> statements = [];
        while (true)
        {
            Token token = Current;
            switch (token.Kind)
            {
                case TokenKind.Data:
                    statements.Add(new Text(token.Line, Take().Text));
                    break;
                case TokenKind.VariableBegin:
                    Take();
                    statements.Add(new Output(token.Line, ParseTuple()));
                    ExpectKind(TokenKind.VariableEnd, "'}}'");
                    break;
                case TokenKind.BlockBegin:
                    Take();
                    if (ends.Contains(Current.Kind == TokenKind.Name ? Current.Text : ""))
                    {
                        return [.. statements];
                    }

                    statements.Add(ParseStatement());
                    ExpectKind(TokenKind.BlockEnd, "'%}'");
                    break;
                default:
                    return ends.Length == 0 ? [.. statements] : throw Unexpected("'{% " + ends[^1] + " %}'");
            }
        }
    }

    /// <summary>Statements up to a tag of one word, which is taken.</summary>
    private Statement[] ParseUntil(string end)
    {
        Block("%}");
        Statement[] body = ParseStatements(end);
        Take();
        return body;
    }

    private void Block(string end) => ExpectKind(TokenKind.BlockEnd, $"'{end}'");

    private Statement ParseStatement()
    {
        Token name = ExpectKind(TokenKind.Name, "the name of a statement");
        return name.Text switch
        {
            "if" => ParseIf(name.Line),
            "for" => ParseFor(name.Line),
            "set" => ParseSet(name.Line),
            "with" => ParseWith(name.Line),
            "filter" => ParseFilterBlock(name.Line),
            "macro" => ParseMacro(name.Line),
            "call" => ParseCallBlock(name.Line),
            "generation" => Function(() => new GenerationBlock(name.Line, ParseBody("endgeneration"))),
            "break" or "continue" => _loops > 0
                ? new LoopControl(name.Line, name.Text == "break")
                : throw Error($"'{name.Text}' stands outside of a loop."),
            _ => throw TemplateErrors.Unsupported(_origin, name.Line, $"The statement '{name.Text}'"),
        };
    }

    /// <summary>A body with a scope of its own, up to a tag of one word.</summary>
    private Body ParseBody(string end) => ParseBody(new ScopeNames(_names), end);

    private Body ParseBody(ScopeNames names, string end) => Scoped(names, () => new Body(ParseUntil(end), names));

    private If ParseIf(int line)
    {
        Expression test = ParseTuple(conditional: false);
        ScopeNames names = _names;
        names.BeginBranches();
        List<(Expression Test, Statement[] Body)> branches = [(test, ParseBranch())];
        while (SkipName("elif"))
        {
            Expression next = ParseTuple(conditional: false);
            branches.Add((next, ParseBranch()));
        }

        Statement[] otherwise = SkipName("else") ? ParseBranch("endif") : [];
        names.EndBranches();
        Take();
        return new If(line, branches, otherwise);
    }

    private Statement[] ParseBranch(params string[] ends)
    {
        Block("%}");
        return ParseStatements(ends.Length > 0 ? ends : ["elif", "else", "endif"]);
    }

    private For ParseFor(int line)
    {
        AssignmentTarget target = ParseTarget("in");
        if (!SkipName("in"))
        {
            throw Unexpected("'in'");
        }

        Expression source = ParseTuple(conditional: false, end: "recursive");
        (Expression? test, ScopeNames testNames) = (null, new ScopeNames(_names));
        target.Give(testNames);
        if (SkipName("if"))
        {
            test = Scoped(testNames, () => ParseExpression());
        }

        if (Current.IsName("recursive"))
        {
            throw Unsupported("'recursive'");
        }

        ScopeNames names = new(_names);
        target.Give(names);
        names.Give("loop");
        Block("%}");
        _loops++;
        Statement[] body = Scoped(names, () => ParseStatements("else", "endfor"));
        _loops--;
        ScopeNames otherwiseNames = new(_names);
        Statement[] otherwise = SkipName("else") ? Scoped(otherwiseNames, () => ParseBranch("endfor")) : [];
        Take();
        return new For(line, target, source, test, testNames, new Body(body, names), new Body(otherwise, otherwiseNames));
    }

    private Statement ParseSet(int line)
    {
        AssignmentTarget target = ParseTarget(null);
        if (Skip("="))
        {
            Expression value = ParseTuple();
            target.Store(_names);
            return new Set(line, target, value);
        }

        List<FilterCall> filters = [];
        while (Current.Is("|"))
        {
            filters.Add(ParseFilter(new Literal(line, null)));
        }

        int loops = _loops;
        _loops = 0;
        Body body = ParseBody("endset");
        _loops = loops;
        target.Store(_names);
        return new SetBlock(line, target, filters, body);
    }

    private With ParseWith(int line)
    {
        List<(AssignmentTarget Target, Expression Value)> values = [];
        while (Current.Kind != TokenKind.BlockEnd)
        {
            if (values.Count > 0)
            {
                Expect(",");
            }

            AssignmentTarget target = ParseTarget(null);
            Expect("=");
            values.Add((target, ParseExpression()));
        }

        ScopeNames names = new(_names);
        values.ForEach(pair => pair.Target.Give(names));
        return new With(line, values, ParseBody(names, "endwith"));
    }

    private FilterBlock ParseFilterBlock(int line)
    {
        List<FilterCall> filters = [ParseFilterName(new Literal(line, null), line)];
        while (Current.Is("|"))
        {
            filters.Add(ParseFilter(new Literal(line, null)));
        }

        int loops = _loops;
        _loops = 0;
        Body body = ParseBody("endfilter");
        _loops = loops;
        return new FilterBlock(line, filters, body);
    }
}
