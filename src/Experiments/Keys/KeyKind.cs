namespace NaturalThoughts.Experiments.Keys;

/// <summary>What follows the colon of a key.</summary>
internal enum KeyKind
{
    /// <summary>A text; one of a few, where the key has choices.</summary>
    Text,

    /// <summary>An integer in the range of the key.</summary>
    Integer,

    /// <summary>A finite number in the range of the key.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>A list of distinct integers.</summary>
    Integers,

    /// <summary>A list of distinct texts, or a single one.</summary>
    Texts,

    /// <summary>A map with fixed keys.</summary>
    Map,

    /// <summary>A map whose keys are names.</summary>
    Names,

    /// <summary>One of several forms, which its binder tells apart.</summary>
    Other,
}
