using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Findings;

/// <summary>The test of an estimate against any reference.</summary>
internal interface IFindingTest
{
    double Estimate { get; }

    /// <summary>Why there is no test, in words; null where there is one.</summary>
    string? Degenerate { get; }

    /// <summary>One-sided p against the alternative that the true value is above; null for a degenerate contrast.</summary>
    double? PGreater(double reference);

    /// <summary>One-sided p against the alternative that the true value is below.</summary>
    double? PLess(double reference);

    /// <summary>The interval at a level such as 0.95; NaN ends where there is none.</summary>
    Interval Interval(double level);

    /// <summary>The smallest distance from a reference that is found at the level with the given power.</summary>
    double MinimumDetectable(double reference, double power, double alpha);
}
