using System.Globalization;

namespace NaturalThoughts.Experiments.Keys;

/// <summary>
/// A key of a YAML map: what may follow it, in which range, and what holds where it is left out. Binders, messages and a stage's parameters are
/// made of this; tests hold the schemas for editors and the options of the stages to it.
/// </summary>
internal sealed record Key
{
    private Key(string name, KeyKind kind) => (Name, Kind) = (name, kind);

    /// <summary>The key, as it is written.</summary>
    public string Name { get; }

    /// <summary>What follows it.</summary>
    public KeyKind Kind { get; }

    /// <summary>The range of a number, or of each in a list.</summary>
    public Bounds Bounds { get; private init; }

    /// <summary>The texts that may follow it; null for any.</summary>
    public IReadOnlyCollection<string>? Choices { get; private init; }

    /// <summary>The keys of a map with fixed keys.</summary>
    public Shape? Shape { get; private init; }

    /// <summary>What follows each name of a map whose keys are names; null where its binder knows.</summary>
    public Key? Value { get; private init; }

    /// <summary>True where the map is wrong without it. A binder can say otherwise where that depends on other keys.</summary>
    public bool IsRequired { get; private init; } = true;

    /// <summary>What holds where it is left out: a long, double, bool or string; null where that is nothing, or depends on other keys.</summary>
    public object? Default { get; private init; }

    /// <summary>True where the stage knows the default: what is left out is left out of its parameters, too.</summary>
    public bool IsDefaultOfStage { get; private init; }

    /// <summary>What a binder takes where it is left out; null where the stage knows, or nothing holds.</summary>
    public object? Fallback => IsDefaultOfStage ? null : Default;

    /// <summary>True where the default is left out of the parameters even if it is given: the same work has the same key.</summary>
    public bool IsDefaultDropped { get; private init; }

    public static Key Text(string name) => new(name, KeyKind.Text);

    public static Key Choice(string name, IReadOnlyCollection<string> choices) => new(name, KeyKind.Text) { Choices = choices };

    public static Key Flag(string name) => new Key(name, KeyKind.Flag).Optional();

    public static Key Integer(string name, long least, double most = int.MaxValue) => new(name, KeyKind.Integer) { Bounds = new(least, most) };

    /// <summary>An integer that may have more than 32 bits.</summary>
    public static Key Long(string name, long least, double most = double.PositiveInfinity) => Integer(name, least, most);

    public static Key Number(string name, double least, double most = double.PositiveInfinity) => new(name, KeyKind.Number) { Bounds = new(least, most) };

    public static Key NumberAbove(string name, double limit, double most = double.PositiveInfinity) =>
        new(name, KeyKind.Number) { Bounds = new(limit, most, IsAbove: true) };

    public static Key NumberBelow(string name, double least, double limit) => new(name, KeyKind.Number) { Bounds = new(least, limit, IsBelow: true) };

    public static Key Integers(string name, long least, double most = int.MaxValue) => new(name, KeyKind.Integers) { Bounds = new(least, most) };

    public static Key Texts(string name, IReadOnlyCollection<string>? choices = null) => new(name, KeyKind.Texts) { Choices = choices };

    public static Key Map(string name, Shape shape) => new(name, KeyKind.Map) { Shape = shape };

    public static Key Names(string name, Key? value = null) => new(name, KeyKind.Names) { Value = value };

    public static Key Other(string name) => new(name, KeyKind.Other);

    /// <summary>The key where it may be left out.</summary>
    public Key Optional() => this with { IsRequired = false };

    /// <summary>The key with what a binder takes where it is left out.</summary>
    public Key Or(object value) => Optional() with
    {
        Default = Kind switch
        {
            KeyKind.Integer => Convert.ToInt64(value, CultureInfo.InvariantCulture),
            KeyKind.Number => Convert.ToDouble(value, CultureInfo.InvariantCulture),
            _ => value,
        },
    };

    /// <summary>The key with what its stage takes where it is left out.</summary>
    public Key ByStage(object value) => Or(value) with { IsDefaultOfStage = true };

    /// <summary>The key with what its stage takes where it is left out; given, that counts as left out.</summary>
    public Key UnlessStages(object value) => ByStage(value) with { IsDefaultDropped = true };
}
