using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Housekeeping;

/// <summary>The rules for what stays in a store.</summary>
public sealed record KeepRules
{
    /// <summary>Digests of outputs that locks name. They stay with everything that they were made from.</summary>
    public IReadOnlyCollection<ContentHash> Locked { get; init; } = [];

    /// <summary>The last runs of each address that stay with everything that they were made from; 0 for none.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>What an interrupted stage left to go on from stays when it was written to since then; null keeps all of it.</summary>
    public DateTimeOffset? InterruptedSince { get; init; }

    /// <summary>True to keep heavy outputs behind locked ones as well; those of the last runs always stay.</summary>
    public bool Heavy { get; init; }

    /// <summary>Names of outputs that are heavy and can be made again, such as weights.</summary>
    public Func<string, bool> IsHeavy { get; init; } = _ => false;
}
