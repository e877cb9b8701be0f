using System.Globalization;
using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Comparing;

/// <summary>The words and numbers of a comparison, which all forms of it share.</summary>
internal static class ComparisonRows
{
    public static readonly string[] Runs = ["run", "accuracy %", "95 % interval", "tokens", "graded by"];

    public static readonly string[] Pairs =
    [
        "run", "against", "difference", "95 % interval", "p", "p (Holm)", "detectable", "questions better", "questions worse", "test",
    ];

    public static readonly string[] Flips = ["question", "run", "was", "is", "answer was", "answer is", "text"];

    public const string Caption =
        "Differences are in points, the run's minus the first run's. p (Holm) is corrected over all tests shown. Detectable: the smallest true difference in "
        + "points that the test finds in four of five cases at 5 %, and in brackets at the level that Holm's correction asks of the smallest p.";

    public static IReadOnlyList<string> Cells(ScoredRun run) =>
        [run.Label, Percent(run.Accuracy), Interval(run.Interval, 1), run.Tokens is { } tokens ? Numbers.Fixed(tokens, 1) : "", run.Metric];

    public static IReadOnlyList<string> Cells(PairedComparison pair) =>
    [
        pair.Label,
        pair.Against,
        Points(pair.Test.Difference),
        Interval(pair.Test.Interval, 1),
        P(pair.Test.P),
        P(pair.HolmP),
        Detectable(pair),
        pair.Better.ToString(CultureInfo.InvariantCulture),
        pair.Worse.ToString(CultureInfo.InvariantCulture),
        pair.Test.Name,
    ];

    public static IReadOnlyList<string> Cells(PairedComparison pair, FlippedQuestion flip, int repeats) =>
        [
            flip.Name, pair.Label, Score(flip.First, repeats), Score(flip.Second, repeats), Answer(flip, flip.FirstAnswer),
            Answer(flip, flip.SecondAnswer), flip.Text ?? "",
        ];

    /// <summary>The notes of a benchmark, and what its list of flips does not show.</summary>
    public static IReadOnlyList<string> Notes(BenchmarkComparison benchmark) =>
        [
            .. benchmark.Notes,
            .. benchmark.Comparisons.Where(pair => pair.BothWays > 0)
                .Select(pair => $"{pair.Label} against {pair.Against}: {BothWays(pair)}, as often the one as the other."),
        ];

    /// <summary>How many questions flipped both ways.</summary>
    public static string BothWays(PairedComparison pair) => string.Create(CultureInfo.InvariantCulture, $"{pair.BothWays} more flipped both ways");

    public static string Detectable(PairedComparison pair) => double.IsNaN(pair.Detectable) ? ""
        : Percent(pair.Detectable)
            + (double.IsNaN(pair.DetectableAmongAll) || pair.DetectableAmongAll == pair.Detectable ? "" : $" ({Percent(pair.DetectableAmongAll)})");

    public static string Heading(BenchmarkComparison benchmark) => string.Create(
        CultureInfo.InvariantCulture,
        $"{benchmark.Name}: {benchmark.Questions} "
        + $"{(benchmark.Questions == 1 ? "question" : "questions")}{(benchmark.Repeats == 1 ? "" : $", {benchmark.Repeats} answers each")}");

    /// <summary>As in every table; what is too small for a double is told so.</summary>
    public static string P(double? p) => p is 0 ? "< 1e-300" : Numbers.P(p);

    public static string Percent(double share) => Numbers.Fixed(100 * share, 2);

    public static string Points(double difference, int decimals = 2) => Numbers.Signed((decimal)(100 * difference), decimals);

    public static string Interval(Interval interval, int decimals) =>
        double.IsNaN(interval.Low) ? "" : $"{Numbers.Fixed(100 * interval.Low, decimals)} to {Numbers.Fixed(100 * interval.High, decimals)}";

    private static string Answer(FlippedQuestion flip, string? answer) => answer is null ? "" : flip.Repeat is { } repeat ? $"{repeat}: {answer}" : answer;

    /// <summary>A verdict in words, of repeats how many of them were right; a share where scores are no verdicts.</summary>
    public static string Score(double mean, int repeats)
    {
        double right = mean * repeats;
        return Math.Abs(right - Math.Round(right)) > 1e-9 ? Numbers.Fixed(mean, 3)
            : repeats == 1 ? (mean == 1 ? "right" : "wrong")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)Math.Round(right)}/{repeats}");
    }
}
