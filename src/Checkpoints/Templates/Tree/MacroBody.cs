using NaturalThoughts.Checkpoints.Templates.Bounds;
using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>What a macro, or the body of a call block, does when it is called.</summary>
internal sealed class MacroBody(string name, IReadOnlyList<Parameter> parameters, Body body, bool readsCaller)
{
    /// <summary>The function, which sees the names of the scope that it is in.</summary>
    public FunctionValue In(Scope outer) => new(name, arguments => Call(outer, arguments));

    private string Call(Scope outer, Arguments arguments)
    {
        Rendering run = arguments.Run;
        if (arguments.Positional.Count > parameters.Count)
        {
            throw run.Error($"The macro '{name}' takes no more than {parameters.Count} arguments.");
        }

        Dictionary<string, object?> named = new(arguments.Named, StringComparer.Ordinal);
        Scope scope = new(run, outer, body.Names);
        if (readsCaller)
        {
            scope.Set("caller", named.Remove("caller", out object? caller) && caller is not null ? caller : new Undefined("caller"));
        }

        List<Parameter> missing = [];
        for (int i = 0; i < parameters.Count; i++)
        {
            if (i < arguments.Positional.Count)
            {
                scope.Set(parameters[i].Name, arguments.Positional[i]);
            }
            else if (named.Remove(parameters[i].Name, out object? value))
            {
                scope.Set(parameters[i].Name, value);
            }
            else
            {
                scope.Set(parameters[i].Name, new Undefined(parameters[i].Name));
                missing.Add(parameters[i]);
            }
        }

        if (named.Count > 0)
        {
            throw run.Error($"The macro '{name}' takes no argument '{named.Keys.First()}'.");
        }

        foreach (Parameter parameter in missing.Where(parameter => parameter.Default is not null))
        {
            scope.Set(parameter.Name, parameter.Default!.Evaluate(scope));
        }

        return body.Text(scope);
    }
}
