using NaturalThoughts.Checkpoints.Templates.Bounds;
using NaturalThoughts.Checkpoints.Templates.Tree;

namespace NaturalThoughts.Checkpoints.Templates.Syntax;

internal sealed partial class Parser
{
    /// <summary>Reads what Jinja makes a function of: loops outside cannot be left from within.</summary>
    private T Function<T>(Func<T> read)
    {
        (int loops, bool reads) = (_loops, _readsCaller);
        _loops = 0;
        T result = read();
        _loops = loops;
        _readsCaller |= reads;
        return result;
    }

    private MacroDefinition ParseMacro(int line)
    {
        if (_loops > 0 || _inFunction)
        {
            throw Unsupported("A macro inside a loop or another macro");
        }

        string name = ExpectKind(TokenKind.Name, "a name").Text;
        _names.Set(name);
        _inFunction = true;
        MacroDefinition macro = Function(() =>
        {
            _readsCaller = false;
            ScopeNames names = new(_names);
            List<Parameter> parameters = ParseParameters(names);
            Body body = ParseBody(names, "endmacro");
            return new MacroDefinition(line, name, new MacroBody(name, parameters, body, _readsCaller));
        });
        _inFunction = false;
        return macro;
    }

    private CallBlock ParseCallBlock(int line)
    {
        ScopeNames names = new(_names);
        List<Parameter> parameters = Current.Is("(") ? ParseParameters(names) : [];
        if (ParseExpression() is not Call call)
        {
            throw Error("A call block needs a call.");
        }

        return Function(() => new CallBlock(line, call, new MacroBody("caller", parameters, ParseBody(names, "endcall"), readsCaller: false)));
    }

    private List<Parameter> ParseParameters(ScopeNames names)
    {
        List<Parameter> parameters = [];
        Expect("(");
        while (!Current.Is(")"))
        {
            if (parameters.Count > 0)
            {
                Expect(",");
            }

            string name = ExpectKind(TokenKind.Name, "a parameter").Text;
            if (name == "caller" || parameters.Exists(other => other.Name == name))
            {
                throw Unsupported($"The parameter '{name}' here");
            }

            names.Give(name);
            Expression? value = Skip("=") ? Scoped(names, () => ParseExpression()) : null;
            if (value is null && parameters.Count > 0 && parameters[^1].Default is not null)
            {
                throw Error($"The parameter '{name}' without a default stands behind one with a default.");
            }

            parameters.Add(new Parameter(name, value));
        }

        Expect(")");
        return parameters;
    }

    /// <summary>What is assigned to: a name, an attribute of a namespace, or several in a tuple.</summary>
    private AssignmentTarget ParseTarget(string? end)
    {
        List<AssignmentTarget> items = [];
        bool isTuple = false;
        while (Current.Kind == TokenKind.Name && !(end is not null && Current.IsName(end)) || Current.Is("("))
        {
            items.Add(Deeper(() => ParseSingleTarget(end)));
            if (!Skip(","))
            {
                break;
            }

            isTuple = true;
        }

        return items.Count == 0 ? throw Unexpected("a name") : isTuple ? new TupleTarget(items) : items[0];
    }

    private AssignmentTarget ParseSingleTarget(string? end)
    {
        if (Skip("("))
        {
            AssignmentTarget inner = ParseTarget(end);
            Expect(")");
            return inner;
        }

        Token name = Take();
        if (name.Text == "loop")
        {
            throw TemplateErrors.Unsupported(_origin, name.Line, "Assigning to 'loop'");
        }

        if (name.Text is "true" or "false" or "none" or "True" or "False" or "None")
        {
            throw Error($"Nothing can be assigned to '{name.Text}'.");
        }

        if (Skip("."))
        {
            if (end is not null)
            {
                throw Error("The target of a loop is an attribute.");
            }

            _names.Read(name.Text);
            return new AttributeTarget(name.Text, ExpectKind(TokenKind.Name, "a name").Text);
        }

        return new NameTarget(name.Text);
    }
}
