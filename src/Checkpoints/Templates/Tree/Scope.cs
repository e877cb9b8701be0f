using NaturalThoughts.Checkpoints.Templates.Bounds;
using NaturalThoughts.Checkpoints.Templates.Library;
using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>The names that are set at a place of a template.</summary>
/// <param name="run">The rendering.</param>
/// <param name="outer">The scope around; null for the template's.</param>
/// <param name="names">What the scope reads and sets.</param>
internal sealed class Scope(Rendering run, Scope? outer, ScopeNames names)
{
    private readonly Scope? _outer = outer;
    private readonly ScopeNames _names = names;
    private Dictionary<string, object?>? _values;

    public Rendering Run { get; } = run;

    public void Set(string name, object? value) => (_values ??= new(StringComparer.Ordinal))[name] = value;

    /// <summary>What a name means: what was set, else what the context has, else what every template has, else undefined.</summary>
    public object? Get(string name)
    {
        for (Scope? scope = this; scope is not null; scope = scope._outer)
        {
            if (scope._values is { } values && values.TryGetValue(name, out object? value))
            {
                return value;
            }

            if (scope._names.IsUndefinedUntilSet(name))
            {
                return new Undefined(name);
            }
        }

        return Run.Context.TryGetValue(name, out object? given) ? given : Globals.Find(Run, name) ?? new Undefined(name);
    }
}
