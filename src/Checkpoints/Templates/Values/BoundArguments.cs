using NaturalThoughts.Checkpoints.Templates.Bounds;

namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>Arguments in the order of the parameters.</summary>
internal sealed class BoundArguments(Rendering run, string callee, object?[] values)
{
    /// <summary>Stands for an argument that was not given.</summary>
    public static readonly object Missing = new();

    public Rendering Run { get; } = run;

    public bool Has(int index) => values[index] != Missing;

    /// <summary>An argument, or what it is when it was not given.</summary>
    public object? Get(int index, object? absent = null) => Has(index) ? values[index] : absent;

    /// <summary>An argument that must be a string; <paramref name="absent"/> where it was not given.</summary>
    public string Text(int index, string? absent = null) => Get(index, absent) switch
    {
        string text => text,
        Undefined undefined => throw Run.Error(undefined.Message),
        var other => throw Run.Error($"{callee} needs text, not a value of type {TypeNames.Of(other)}."),
    };

    /// <summary>An argument that must be a whole number; <paramref name="absent"/> where it was not given.</summary>
    public long Integer(int index, long? absent = null) => Get(index, absent) switch
    {
        long number => number,
        bool truth => truth ? 1 : 0,
        Undefined undefined => throw Run.Error(undefined.Message),
        var other => throw Run.Error($"{callee} needs a whole number, not a value of type {TypeNames.Of(other)}."),
    };

    /// <summary>Whether a value counts as true.</summary>
    public bool Flag(int index, bool absent = false) => Values.Truth.Of(Get(index, absent));
}
