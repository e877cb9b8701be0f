using NaturalThoughts.Checkpoints.Templates.Bounds;

namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>The arguments of one call.</summary>
/// <param name="Run">The rendering.</param>
/// <param name="Callee">What is called, for messages.</param>
/// <param name="Positional">Arguments without a name.</param>
/// <param name="Named">Arguments with one.</param>
internal sealed record Arguments(Rendering Run, string Callee, IReadOnlyList<object?> Positional, IReadOnlyDictionary<string, object?> Named)
{
    public static readonly IReadOnlyDictionary<string, object?> NoNames = new Dictionary<string, object?>();

    /// <summary>The same arguments and one more.</summary>
    public Arguments With(string name, object? value) =>
        this with { Named = new Dictionary<string, object?>(Named, StringComparer.Ordinal) { [name] = value } };

    /// <summary>The arguments behind the first ones, for another callee.</summary>
    public Arguments Behind(int count, string callee) => this with { Callee = callee, Positional = [.. Positional.Skip(count)] };

    /// <summary>The values of parameters, of which the first ones are required.</summary>
    public BoundArguments Bind(int required, params ReadOnlySpan<string> names)
    {
        if (Positional.Count > names.Length)
        {
            throw Run.Error($"{Callee} takes no more than {names.Length} arguments.");
        }

        object?[] values = new object?[names.Length];
        Array.Fill(values, BoundArguments.Missing);
        for (int i = 0; i < Positional.Count; i++)
        {
            values[i] = Positional[i];
        }

        foreach ((string name, object? value) in Named)
        {
            int at = names.IndexOf(name);
            if (at < 0 || at < Positional.Count)
            {
                throw Run.Error($"{Callee} takes no argument '{name}' here.");
            }

            values[at] = value;
        }

        for (int i = 0; i < required; i++)
        {
            if (values[i] == BoundArguments.Missing)
            {
                throw Run.Error($"{Callee} needs the argument '{names[i]}'.");
            }
        }

        return new BoundArguments(Run, Callee, values);
    }
}
