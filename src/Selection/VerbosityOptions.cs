namespace NaturalThoughts.Selection;

/// <summary>Settings of <see cref="SelectionMethod.Verbosity"/>: the band of scores that are candidates.</summary>
public sealed record VerbosityOptions
{
    /// <summary>Lowest score, included; 0 to 10.</summary>
    public required int Min { get; init; }

    /// <summary>Highest score, included; <see cref="Min"/> to 10.</summary>
    public required int Max { get; init; }
}
