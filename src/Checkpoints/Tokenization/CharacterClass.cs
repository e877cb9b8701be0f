namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>What the splitting patterns tell apart.</summary>
internal enum CharacterClass : byte
{
    /// <summary>Neither of the others.</summary>
    Other,

    /// <summary><c>\p{L}</c>.</summary>
    Letter,

    /// <summary><c>\p{N}</c>.</summary>
    Number,

    /// <summary><c>\s</c> but the line ends: Unicode's White_Space.</summary>
    Space,

    /// <summary>Carriage return or line feed.</summary>
    LineEnd,
}
