using System.Globalization;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Comparing;

/// <summary>A comparison as CSV: shares of 1 with six decimals.</summary>
public static class ComparisonCsv
{
    private static readonly string[] RunHeader =
    [
        "benchmark", "run", "model", "metric", "questions", "repeats", "accuracy", "se", "low", "high", "tokens",
        "against", "difference", "difference_low", "difference_high", "p", "p_holm", "detectable", "detectable_holm", "better", "worse", "test",
    ];

    private static readonly string[] FlipHeader =
    [
        "benchmark", "run", "against", "question", "score_against", "score", "answer_against", "answer", "text", "repeat",
    ];

    /// <summary>A row for each run and benchmark.</summary>
    public static string Write(RunComparison comparison) => CsvTable.Lines(comparison.Benchmarks
        .SelectMany(benchmark => benchmark.Runs.Select((run, k) => Row(comparison, benchmark, run, k)))
        .Prepend(RunHeader));

    /// <summary>A row for each question on which a run differs from the first.</summary>
    public static string Flips(RunComparison comparison) => CsvTable.Lines(comparison.Benchmarks
        .SelectMany(benchmark => benchmark.Comparisons.SelectMany(pair => pair.Flips.Select(flip => (string[])
        [
            benchmark.Name, pair.Label, pair.Against, flip.Name, Numbers.Fixed(flip.First, 6), Numbers.Fixed(flip.Second, 6), flip.FirstAnswer ?? "",
            flip.SecondAnswer ?? "", flip.Text ?? "", flip.Repeat ?? "",
        ])))
        .Prepend(FlipHeader));

    private static string[] Row(RunComparison comparison, BenchmarkComparison benchmark, ScoredRun run, int k)
    {
        PairedComparison? pair = k == 0 ? null : benchmark.Comparisons[k - 1];
        string Share(double? value) => value is { } share ? Numbers.Fixed(share, 6) : "";
        return
        [
            benchmark.Name,
            run.Label,
            comparison.Runs[k].Model ?? "",
            run.Metric,
            benchmark.Questions.ToString(CultureInfo.InvariantCulture),
            benchmark.Repeats.ToString(CultureInfo.InvariantCulture),
            Share(run.Accuracy),
            Share(run.StandardError),
            Share(run.Interval.Low),
            Share(run.Interval.High),
            run.Tokens is { } tokens ? Numbers.Fixed(tokens, 2) : "",
            pair?.Against ?? "",
            Share(pair?.Test.Difference),
            Share(pair?.Test.Interval.Low),
            Share(pair?.Test.Interval.High),
            ComparisonRows.P(pair?.Test.P),
            ComparisonRows.P(pair?.HolmP),
            Share(pair?.Detectable),
            Share(pair?.DetectableAmongAll),
            pair?.Better.ToString(CultureInfo.InvariantCulture) ?? "",
            pair?.Worse.ToString(CultureInfo.InvariantCulture) ?? "",
            pair?.Test.Name ?? "",
        ];
    }
}
