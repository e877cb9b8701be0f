using System.Globalization;
using System.Text;
using NaturalThoughts.Statistics;
using static NaturalThoughts.Reporting.Tables.DetectableEffect;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>The table for people: our figures, then those of others, then what was selected.</summary>
internal static class MarkdownTable
{
    private static readonly string[] NoColumn = [];

    public static string Write(TableOptions options, IReadOnlyList<CellResult> results, IReadOnlyList<OverSizes> family, string selectionSection)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# {options.Name}: {options.Title}\n\n");
        MarkdownRows.Write(text, Header(options), options.Cells.Select(cell => Row(options, cell, [.. results.Where(result => result.Scores.Cell == cell)])));
        text.Append('\n').AppendJoin('\n', Caption(options, results)).Append('\n').Append(InWords.Section(options, results, family))
            .Append(OverSizes.Section(options, family)).Append(Multipliers.Section(options, results));
        if (options.Paper is { } paper)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n## {paper.Title}\n\nFor direction only: other students, questions and sizes; nothing here was measured by us.\n\n");
            MarkdownRows.Write(text, ["row", .. paper.Columns], paper.Rows.Select(row => (string[])[row.Row, .. row.Values.Select(value => value ?? "")]));
            text.Append(BesidePaper.Section(BesidePaper.Pairs(paper, results)));
        }

        return text.Append(selectionSection).ToString();
    }

    private static string[] Header(TableOptions options) =>
    [
        "method",
        "size",
        "mix",
        .. options.Benchmarks.SelectMany(benchmark =>
            (string[])[benchmark.Name + " %", .. Shows(options, "difference")
                ? ["Δ (Holm p)"]
                : NoColumn, .. Shows(options, "protocols") ? ["by protocol %"] : NoColumn]),
        .. Shows(options, "tokens") ? ["tokens/answer"] : (string[])[],
        .. Shows(options, "unparsed") ? ["unparsed %"] : (string[])[],
        .. Shows(options, "truncated") ? ["truncated %"] : (string[])[],
    ];

    private static string[] Row(TableOptions options, TableCell cell, CellResult[] results)
    {
        long answers = results.Sum(result => result.Scores.Answers);
        string Share(Func<CellScores, long> count) => Numbers.Fixed(100 * Numbers.Ratio(results.Sum(result => count(result.Scores)), answers), 1);
        return
        [
            cell.Method ?? cell.Address,
            cell.Size?.ToString(CultureInfo.InvariantCulture) ?? "",
            cell.Mix ?? "",
            .. results.SelectMany(result =>
                (string[])[Accuracy(result), .. Shows(options, "difference")
                    ? [Difference(result)]
                    : NoColumn, .. Shows(options, "protocols") ? [Range(result)] : NoColumn]),
            .. Shows(options, "tokens") ? [Numbers.Fixed(Numbers.Ratio(results.Sum(result => result.Scores.Tokens), answers), 1)] : (string[])[],
            .. Shows(options, "unparsed") ? [Share(scores => scores.Unparsed)] : (string[])[],
            .. Shows(options, "truncated") ? [Share(scores => scores.Truncated)] : (string[])[],
        ];
    }

    private static string Accuracy(CellResult result)
    {
        string error = Numbers.Fixed(100 * result.StandardError, 1);
        return Numbers.Fixed(100 * result.Scores.Accuracy, 1) + (error.Length == 0 ? "" : " ± " + error) + (result.Scores.DrawnAnswers > 0 ? " ~" : "");
    }

    private static string Range(CellResult result) => result.Protocols is { } range
        ? $"{Numbers.Fixed(100 * range.Lowest, 1)} ({range.LowestProtocol}) to {Numbers.Fixed(100 * range.Highest, 1)} ({range.HighestProtocol})"
        : "";

    private static string Difference(CellResult result)
    {
        if (result.Comparison is null)
        {
            return "";
        }

        string difference = Numbers.Signed(100 * result.Difference, 1);
        return result.Degenerate is { } reason
            ? $"{difference} (degenerate: {reason})"
            : $"{difference}{(result.HolmP <= Level ? "*" : "")} ({Numbers.P(result.HolmP)})";
    }

    private static IEnumerable<string> Caption(TableOptions options, IReadOnlyList<CellResult> results)
    {
        yield return "Accuracy in percent ± standard error, questions and replicates both drawn anew. "
            + $"Δ: points against the baseline on the same questions ({options.Baseline} of the same size and mix unless a row says otherwise); "
            + $"{CrossedContrast.Name}, the replicates' variance, in ± as in the test, "
            + "pooled over the students of a size that are asked alike, whatever they are trained on; "
            + "p after Holm over all comparisons of the "
            + $"column{(options.Cells.Any(cell => cell.Calibration) ? " that are no calibrations" : "")}, * at most 0.05. "
            + "A replicate draws the selection, the order of training and the sampling anew; the base student and the questions are the same in all, "
            + "so that the replicates of the base are samplings of one model.";
        foreach (TableBenchmark benchmark in options.Benchmarks)
        {
            CellResult[] column = [.. results.Where(result => result.Scores.Benchmark == benchmark)];
            if (column.Length > 0)
            {
                yield return $"- {benchmark.Name}: {column[0].Scores.N} questions, {Replicates(column)}"
                    + (benchmark.Options > 0 ? $", random-guess accuracy {Numbers.Fixed(benchmark.ChancePercent, 1)} %" : "")
                    + (benchmark.Protocol is { } protocol ? $", graded by {protocol}" : "") + Detectable(column) + ".";
            }
        }

        foreach (string sentence in Families.Sentences(options, results))
        {
            yield return "- " + sentence;
        }

        foreach (CellResult drawn in results.Where(result => result.Scores.DrawnAnswers > 0))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"- ~ {drawn.Scores.Cell.Address} on {drawn.Scores.Benchmark.Name}: answers without an option: {drawn.Scores.DrawnAnswers}; the protocol's "
                + $"program draws one, and each counts with its chance.");
        }

        foreach (CellResult odd in results.Where(result => result.Scores.Cell.Baseline is not null).DistinctBy(result => result.Scores.Cell))
        {
            yield return $"- {odd.Scores.Cell.Address} is compared with {odd.Scores.Cell.Baseline}.";
        }

        foreach (string sentence in Comparisons.Missing(options))
        {
            yield return "- " + sentence;
        }

        foreach (string note in options.Notes)
        {
            yield return "- " + note;
        }
    }

    private static string Replicates(CellResult[] column)
    {
        int least = column.Min(result => result.Scores.Replicates), most = column.Max(result => result.Scores.Replicates);
        string range = least == most ? Invariant($"{most}") : Invariant($"{least} to {most}");
        return range + (most == 1 ? " replicate" : " replicates");
    }

    // The median over the column's comparisons of the smallest true difference found with power 0.8, alone and at Holm's first step.
    private static string Detectable(CellResult[] column)
    {
        CellResult[] tested = [.. column.Where(result => result.HolmP is not null && !result.Scores.Cell.Calibration)];
        if (tested.Length == 0)
        {
            return "";
        }

        string Median(double level) => MedianDetectable([.. tested.Select(result => result.Comparison!)], level);
        return string.Create(
            CultureInfo.InvariantCulture,
            $", minimum detectable effect {Median(Level)} points at level 0.05 ({Median(Level / tested.Length)} at Holm's first of {tested.Length}), power "
            + $"0.8, median of the comparisons");
    }

    private static bool Shows(TableOptions options, string column) => options.Columns.Contains(column, StringComparer.Ordinal);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
