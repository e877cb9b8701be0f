using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>Two cells of a table on one benchmark, compared on the same questions. Accuracies are fractions of 1.</summary>
public sealed record CellPair
{
    /// <summary>The first cell's address below the table.</summary>
    public required string First { get; init; }

    /// <summary>The second cell's address.</summary>
    public required string Second { get; init; }

    /// <summary>The name of the benchmark.</summary>
    public required string Benchmark { get; init; }

    /// <summary>Replicates of each.</summary>
    public required (int First, int Second) Replicates { get; init; }

    /// <summary>Accuracy of the first minus that of the second, each over all of its replicates.</summary>
    public required double Difference { get; init; }

    /// <summary>The 95 % interval of the difference; NaN ends where it cannot be estimated.</summary>
    public required Interval Interval { get; init; }

    /// <summary>The test, by name; or why there is none.</summary>
    public required string Test { get; init; }

    /// <summary>Two-sided p of this comparison alone; null where there is no test.</summary>
    public double? P { get; init; }

    /// <summary>p after Holm's correction over all pairs of the table's cells on this benchmark; null where there is no test.</summary>
    public double? HolmP { get; init; }

    /// <summary>The smallest true difference that this test finds at level 0.05 with power 0.8; NaN where it cannot be told.</summary>
    public double Detectable { get; init; } = double.NaN;
}
