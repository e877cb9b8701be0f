using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>What a table says of a cell on one benchmark.</summary>
/// <param name="Scores">The grades.</param>
/// <param name="StandardError">Of the accuracy, questions and replicates drawn anew, as a fraction.</param>
/// <param name="Baseline">The cell it is compared with; null for none.</param>
/// <param name="Difference">Accuracy minus the baseline's, exact, as a fraction.</param>
/// <param name="Comparison">The test, with the noise of replicates pooled; null without a baseline.</param>
/// <param name="HolmP">p adjusted over its family in the column; null for none or a degenerate one.</param>
internal sealed record CellResult(
    CellScores Scores, double StandardError, CellScores? Baseline, decimal Difference, CrossedContrast? Comparison, double? HolmP)
{
    /// <summary>The same test with each student's own noise alone: how much the verdict depends on pooling; null without a baseline.</summary>
    public CrossedContrast? Unpooled { get; init; }

    /// <summary>p of the unpooled test, adjusted over the same family; null for none or a degenerate one.</summary>
    public double? UnpooledHolmP { get; init; }

    /// <summary>The difference as an amount of the baseline's data; null where there is no scaling curve.</summary>
    public DataMultiplier? Multiplier { get; init; }

    /// <summary>Accuracies under several protocols; null where the table does not show them.</summary>
    public ProtocolRange? Protocols { get; init; }

    /// <summary>Why there is no p, in words; null where there is one or no comparison.</summary>
    public string? Degenerate => InWords(Comparison?.Degeneracy);

    /// <summary>Why a comparison has no p-value, in words; null if it has one.</summary>
    internal static string? InWords(Degeneracy? degeneracy) => degeneracy switch
    {
        null or Degeneracy.None => null,
        Degeneracy.Identical => "identical verdicts",
        Degeneracy.NoVariation => "no variation",
        Degeneracy.SingleReplicate => "single replicate",
        _ => "single question",
    };
}
