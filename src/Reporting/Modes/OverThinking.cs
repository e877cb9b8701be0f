using NaturalThoughts.Evaluation.Modes;

namespace NaturalThoughts.Reporting.Modes;

/// <summary>Thinking where it is needed and not where it is not, over all benchmarks of a row.</summary>
/// <param name="Easy">Number of easy questions.</param>
/// <param name="Hard">Number of hard questions.</param>
/// <param name="Auc"><see cref="ModeSummary.ThinkingAuc"/> on the easy ones.</param>
/// <param name="HardAccuracy">Accuracy on the hard ones.</param>
internal sealed record OverThinking(int Easy, int Hard, double Auc, double HardAccuracy)
{
    public double Joined => ModeSummary.Joined(Auc, HardAccuracy);

    /// <summary>Of a row's answers to all benchmarks; null where there are no easy or no hard questions.</summary>
    public static OverThinking? Of(ModeOptions options, IReadOnlyList<ModeResult> row)
    {
        ModeAnswer[] At(IReadOnlyList<string> levels) =>
            [.. row.SelectMany(result => result.Answers).Where(answer => answer.Level is { } level && levels.Contains(level, StringComparer.Ordinal))];
        ModeAnswer[] easy = At(options.Easy), hard = At(options.Hard);
        int replicates = row[0].Replicates.Count;
        return easy.Length == 0 || hard.Length == 0
            ? null
            : new OverThinking(
                easy.Length / replicates, hard.Length / replicates, ModeSummary.ThinkingAuc(easy, options.Scale), hard.Average(answer => answer.Score));
    }
}
