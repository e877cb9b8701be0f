using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Findings;

/// <summary>A finding with what the data say of it. Values are in points, tokens or as a ratio.</summary>
internal sealed record FindingResult
{
    public required Finding Finding { get; init; }

    /// <summary>The value of the contrast.</summary>
    public required double Estimate { get; init; }

    /// <summary>Replicates of each term, in their order.</summary>
    public required IReadOnlyList<int> Replicates { get; init; }

    /// <summary>p of the test in the finding's direction, twice the one-sided one where it has a direction; null for a degenerate contrast.</summary>
    public double? P { get; init; }

    /// <summary>p after Holm over the family.</summary>
    public double? HolmP { get; init; }

    /// <summary>The error at which Holm's steps test this finding.</summary>
    public double Alpha { get; init; }

    /// <summary>The interval at 1 - <see cref="Alpha"/>; NaN ends for a degenerate contrast.</summary>
    public Interval Interval { get; init; } = new(double.NaN, double.NaN);

    /// <summary>The smallest distance from the reference that Holm's first step finds with power 0.8; NaN for a degenerate contrast.</summary>
    public double Detectable { get; init; } = double.NaN;

    /// <summary>Why there is no test, in words; null where there is one.</summary>
    public string? Degenerate { get; init; }

    public FindingVerdict Verdict { get; init; } = FindingVerdict.Undecided;

    /// <summary>The unit of the estimate.</summary>
    public string Unit => Finding.IsRatio ? "ratio" : FindingMeasure.Unit(Finding.Measure);
}
