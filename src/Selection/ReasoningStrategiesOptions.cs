namespace NaturalThoughts.Selection;

/// <summary>Settings of <see cref="SelectionMethod.ReasoningStrategies"/>.</summary>
public sealed record ReasoningStrategiesOptions
{
    /// <summary>Least number of unique strategies, included; 0 or more (paper: R_min = 4).</summary>
    public required int MinStrategies { get; init; }

    /// <summary>Largest number of unique strategies, included; at least <see cref="MinStrategies"/> (paper: R_max = 8).</summary>
    public required int MaxStrategies { get; init; }

    /// <summary>A trace with fewer unique strategies per thousand of its tokens than this is of low density; 0 or more, 0 turns down-sampling off.</summary>
    public required double MinPerThousandTokens { get; init; }

    /// <summary>Probability with which a trace of low density stays a candidate, in [0, 1].</summary>
    public required double LowDensityKeep { get; init; }
}
