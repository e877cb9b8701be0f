using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.DifficultyProxies;

/// <summary>One number of the table of signals, with its interval and tests.</summary>
/// <param name="Kind">What it is: see <see cref="ProxyRowKind"/>.</param>
/// <param name="Signal">The signal.</param>
/// <param name="Target">The target, or <see cref="Mean"/> over all.</param>
/// <param name="Category">The category; empty for all questions.</param>
/// <param name="Estimate">The number with its standard error.</param>
internal sealed record ProxyRow(string Kind, string Signal, string Target, string Category, ClusteredEstimate Estimate)
{
    /// <summary>The target of a mean over targets.</summary>
    public const string Mean = "mean";

    /// <summary>Questions that it is about.</summary>
    public int Questions { get; init; }

    /// <summary>Of these, wrong answers of the target; of several targets together.</summary>
    public int Wrong { get; init; }

    /// <summary>The models of the signal; empty where the table says them.</summary>
    public string Models { get; init; } = "";

    /// <summary>Kendall's tau-b; null where there is none.</summary>
    public ClusteredEstimate? Tau { get; init; }

    /// <summary>p of the row's test; null for none.</summary>
    public double? P { get; init; }

    /// <summary>p by Holm over the tests of the kind.</summary>
    public double? HolmP { get; init; }
}
