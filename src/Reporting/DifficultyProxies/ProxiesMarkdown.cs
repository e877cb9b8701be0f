using System.Globalization;
using System.Text;
using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Statistics;
using static NaturalThoughts.Reporting.Tables.DetectableEffect;

namespace NaturalThoughts.Reporting.DifficultyProxies;

/// <summary>The table of proxies for people.</summary>
/// <param name="options">The table.</param>
/// <param name="rows">The numbers.</param>
internal sealed class ProxiesMarkdown(ProxiesOptions options, IReadOnlyList<ProxyRow> rows)
{
    private readonly string[] _signals = [.. options.Proxies.Signals.Select(signal => signal.Name), ProxyAnalysis.Combination];
    private readonly string[] _categories =
        [.. rows.Where(row => row.Kind == ProxyRowKind.Category).Select(row => row.Category).Distinct(StringComparer.Ordinal)];

    /// <summary>Writes the page; returns its Markdown.</summary>
    /// <param name="results">Accuracies of the rows, for the caption.</param>
    /// <param name="common">What was left out, in sentences.</param>
    public string Write(IReadOnlyList<CellResult> results, IEnumerable<string> common)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# {options.Name}: {options.Title}\n\n");
        MarkdownRows.Write(
            text,
            ["signal", "models", "all questions", "within categories", "τ-b within", "Δ all (Holm p)", "Δ within (Holm p)", "between categories (Holm p)"],
            _signals.Select(Overall));
        text.Append('\n').AppendJoin('\n', Caption(results, common)).Append("\n\n## By category\n\n");
        MarkdownRows.Write(text, ["category", "questions", "wrong %", .. _signals], _categories.Select(Category));
        text.Append(
            "\nArea under the ROC curve ± half of its 95 % interval. * other than 0.5, "
            + "↑ or ↓ above or below the mean of the other categories: p after Holm at most 0.05.\n\n"
            + "## Thresholds, one category held out\n\n");
        MarkdownRows.Write(text, ["category", .. options.Proxies.Signals.Select(signal => signal.Name)], _categories.Select(HeldOut).Append(HeldOutMean()));
        text.Append(
            "\nBalanced accuracy of calling a question hard, direction and threshold fitted on the other categories; in parentheses with those that are best "
            + "in the category itself.\n\n"
            + "## Other choices of models\n\n");
        MarkdownRows.Write(text, ["signal", "choices", "all questions", "within categories"], options.Proxies.Signals.Select(Choices));
        text.Append("\nEvery choice of as many models among the rows, with each of the others as the target: least, median and largest area.\n");
        return text.ToString();
    }

    private string[] Overall(string signal)
    {
        ProxyRow within = Find(ProxyRowKind.Within, signal), between = Find(ProxyRowKind.Between, signal);
        string Against(string where) =>
            rows.FirstOrDefault(row => row.Kind == ProxyRowKind.AgainstFirst && row.Signal == signal && row.Category == where) is { } row
            ? $"{Signed(row.Estimate.Value)}{Star(row)} ({Numbers.P(row.HolmP)})"
            : "";
        return
        [
            signal,
            string.Join(", ", options.Proxies.Signals.FirstOrDefault(one => one.Name == signal)?.Models ?? ["all signals"]),
            Shown(Find(ProxyRowKind.All, signal).Estimate),
            Shown(within.Estimate),
            Shown(within.Tau!),
            Against(ProxyRowKind.All),
            Against(ProxyRowKind.Within),
            $"{Numbers.Fixed(between.Estimate.Value, 3)}{Star(between)} ({Numbers.P(between.HolmP)})",
        ];
    }

    private string[] Category(string category)
    {
        ProxyRow first = Find(ProxyRowKind.Category, _signals[0], category);
        return
        [
            category,
            first.Questions.ToString(CultureInfo.InvariantCulture),
            Numbers.Fixed(100 * Numbers.Ratio(first.Wrong, (long)first.Questions * options.Proxies.Targets.Count), 1),
            .. _signals.Select(signal =>
            {
                ProxyRow row = Find(ProxyRowKind.Category, signal, category), rest = Find(ProxyRowKind.AgainstRest, signal, category);
                return Shown(row.Estimate) + Star(row) + (rest.HolmP <= Level ? rest.Estimate.Value > 0 ? " ↑" : " ↓" : "");
            }),
        ];
    }

    private string[] HeldOut(string category) =>
    [
        category,
        .. options.Proxies.Signals.Select(signal =>
            $"{Shown(Find(ProxyRowKind.HeldOut, signal.Name, category).Estimate)} "
            + $"({Numbers.Fixed(Find(ProxyRowKind.OwnThreshold, signal.Name, category).Estimate.Value, 2)})"),
    ];

    private string[] HeldOutMean()
    {
        string Mean(string kind, string signal) => Numbers.Fixed(_categories.Average(category => Find(kind, signal, category).Estimate.Value), 3);
        return
        [
            "mean",
            .. options.Proxies.Signals.Select(signal => $"{Mean(ProxyRowKind.HeldOut, signal.Name)} ({Mean(ProxyRowKind.OwnThreshold, signal.Name)})"),
        ];
    }

    private string[] Choices(ProxySignal signal)
    {
        double[] Of(string kind) => [.. rows.Where(row => row.Kind == kind && row.Signal == signal.Name).Select(row => row.Estimate.Value).Order()];
        static string Range(double[] sorted) => sorted.Length == 0
            ? ""
            : $"{Numbers.Fixed(sorted[0], 3)}, {Numbers.Fixed((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, 3)}, "
                + $"{Numbers.Fixed(sorted[^1], 3)}";
        double[] all = Of(ProxyRowKind.Choice);
        return [signal.Name, all.Length.ToString(CultureInfo.InvariantCulture), Range(all), Range(Of(ProxyRowKind.ChoiceWithin))];
    }

    private IEnumerable<string> Caption(IReadOnlyList<CellResult> results, IEnumerable<string> common)
    {
        yield return "Area under the ROC curve ± half of its 95 % interval (DeLong, a question a cluster): the chance that a question that a target gets wrong "
            + "has a larger signal than one that it gets right; "
            + $"0.5 tells nothing. Targets: {string.Join(", ", options.Proxies.Targets)}, the mean over them. Within categories: "
            + "the mean of the areas of each. τ-b: Kendall's. "
            + $"Δ: against {_signals[0]} on the same questions. Between categories: the standard deviation of the true area, Cochran's Q. "
            + $"{ProxyAnalysis.Combination}: "
            + "the share of wrong answers among questions of other categories that are alike in all signals.";
        TableBenchmark benchmark = options.Benchmarks[0];
        yield return $"- {benchmark.Name}{(benchmark.Protocol is { } protocol ? $", graded by {protocol}" : "")}: "
            + string.Join(", ", results.Select(result => $"{result.Scores.Cell.Address} {Numbers.Fixed(100 * result.Scores.Accuracy, 1)} %")) + " right.";
        foreach (string note in common.Concat(options.Notes))
        {
            yield return "- " + note;
        }
    }

    private ProxyRow Find(string kind, string signal, string? category = null) =>
        rows.First(row => row.Kind == kind && row.Signal == signal && row.Target == ProxyRow.Mean && (category is null || row.Category == category));

    private static string Star(ProxyRow row) => row.HolmP <= Level ? "*" : "";

    private static string Shown(ClusteredEstimate estimate) =>
        $"{Numbers.Fixed(estimate.Value, 3)} ± {Numbers.Fixed((estimate.Interval95.High - estimate.Interval95.Low) / 2, 3)}";

    private static string Signed(double value) => Numbers.Signed((decimal)value, 3);
}
