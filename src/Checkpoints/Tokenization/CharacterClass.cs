namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>What the splitting patterns tell apart.</summary>
internal enum CharacterClass : byte
{
    /// <summary>None of the other classes.</summary>
    Other,

    /// <summary>A letter, <c>\p{L}</c>.</summary>
    Letter,

    /// <summary>A number, <c>\p{N}</c>.</summary>
    Number,

    /// <summary><c>\s</c> but the line ends: Unicode's White_Space.</summary>
    Space,

    /// <summary>Carriage return or line feed.</summary>
    LineEnd,
}
