using System.Globalization;
using System.Text;
using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Findings;

/// <summary>The findings for people: controls and verdicts first, then how each is made.</summary>
internal static class FindingsMarkdown
{
    public static string Write(FindingsOptions options, IReadOnlyList<FindingResult> results, IReadOnlyList<CellResult> cells)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# {options.Name}: {options.Title}\n\n");
        FindingResult[] controls = [.. results.Where(result => result.Finding.IsControl)], findings = [.. results.Where(result => !result.Finding.IsControl)];
        text.AppendJoin('\n', Opening(controls, findings)).Append("\n\n");
        if (controls.Length > 0)
        {
            text.Append("## Positive controls\n\n");
            MarkdownRows.Write(text, Header, controls.Select(Row));
            text.Append('\n');
        }

        text.Append("## Findings\n\n");
        MarkdownRows.Write(text, Header, findings.Select(Row));
        text.Append('\n').AppendJoin('\n', Caption(options, results)).Append("\n\n## How each is made\n\n");
        MarkdownRows.Write(text, ["finding", "family", "contrast", "of", "claim", "replicates", "p alone", "what published work says"], results.Select(Design));
        text.Append("\n## Cells\n\n");
        MarkdownRows.Write(
            text,
            ["cell", .. options.Benchmarks.Select(benchmark => benchmark.Name + " %"), "tokens/answer", "replicates"],
            options.Cells.Select(cell => Cell(options, cell, [.. cells.Where(result => result.Scores.Cell == cell)])));
        text.Append("\nAccuracy in percent ± standard error, questions and replicates both drawn anew.\n");
        return text.ToString();
    }

    private static readonly string[] Header =
    [
        "finding", "statement", "verdict", "estimate", "interval", "p (Holm)", "smallest of interest", "detectable", "seen before",
    ];

    private static IEnumerable<string> Opening(FindingResult[] controls, FindingResult[] findings)
    {
        FindingResult[] failed = [.. controls.Where(control => control.Verdict != FindingVerdict.Supported)];
        if (controls.Length == 0)
        {
            yield return "There is no positive control: that an effect is not found says nothing of the effect.";
        }
        else if (failed.Length > 0)
        {
            string names = string.Join(", ", failed.Select(control => $"{control.Finding.Id} ({control.Verdict.Word()})"));
            yield return string.Create(
                CultureInfo.InvariantCulture, $"**No verdict is given.** Of {Count(controls.Length, "positive control")}, {failed.Length} failed: {names}. ")
                + "What an experiment does not see is no finding while it misses effects that are known to be there. "
                + "Estimates stand below for the next design.";
            yield break;
        }
        else
        {
            yield return controls.Length == 1 ? "The positive control was found." : $"All {controls.Length} positive controls were found.";
        }

        FindingVerdict[] verdicts = [FindingVerdict.Supported, FindingVerdict.Contradicted, FindingVerdict.Undecided];
        yield return $"Of {Count(findings.Length, "finding")}: " + string.Join(", ", verdicts
            .Select(verdict => string.Create(CultureInfo.InvariantCulture, $"{findings.Count(finding => finding.Verdict == verdict)} {verdict.Word()}"))) + ".";
        FindingResult[] seen = [.. findings.Where(finding => finding.Finding.Seen != "no")];
        yield return seen.Length == 0
            ? "None was visible in earlier data."
            : $"Visible in earlier data, so that their test is no prediction: {string.Join(", ", seen.Select(finding => finding.Finding.Id))}.";
    }

    private static string[] Row(FindingResult result) =>
    [
        result.Finding.Id,
        result.Finding.Statement,
        result.Verdict.Word() + (result.Degenerate is { } reason ? $" (no test: {reason})" : ""),
        FindingNumbers.Estimate(result),
        FindingNumbers.Interval(result),
        Numbers.P(result.HolmP),
        Number(result.Finding.Smallest),
        FindingNumbers.Value(result, result.Detectable, FindingNumbers.Decimals(result)),
        result.Finding.Seen,
    ];

    private static string[] Design(FindingResult result)
    {
        Finding finding = result.Finding;
        List<string> of = [finding.Measure, FindingsCsv.Endpoint(finding)];
        if (finding.PlusLevels.Count > 0)
        {
            of.Add("levels " + FindingsCsv.Levels(finding));
        }

        if (finding.Seeds.Count > 0)
        {
            of.Add("seeds " + string.Join(" ", finding.Seeds.Where(finding.Counts)));
        }

        if (finding.Best is { } best)
        {
            of.Add("best of " + string.Join(" ", best.Of));
        }

        return
        [
            finding.Id,
            finding.Family,
            FindingsCsv.Contrast(finding),
            string.Join(", ", of),
            Claim(finding),
            string.Join(", ", result.Replicates),
            Numbers.P(result.P),
            finding.Paper ?? "",
        ];
    }

    private static string Claim(Finding finding) => finding.Direction switch
    {
        FindingDirection.Equivalent => $"within {Number(finding.Smallest)} of {Number(finding.Reference)}",
        FindingDirection.NonInferior => $"not below {Number(finding.Reference)} by {Number(finding.Smallest)}",
        FindingDirection.TwoSided => $"other than {Number(finding.Reference)} by {Number(finding.Smallest)}",
        _ => $"{finding.Direction} than {Number(finding.Reference)} by {Number(finding.Smallest)}",
    };

    private static string[] Cell(FindingsOptions options, TableCell cell, CellResult[] results)
    {
        long answers = results.Sum(result => result.Scores.Answers);
        return
        [
            cell.Address,
            .. options.Benchmarks.Select(benchmark => results.FirstOrDefault(result => result.Scores.Benchmark == benchmark) is { } result
                ? Numbers.Fixed(
                    100 * result.Scores.Accuracy, 1) + (double.IsFinite(result.StandardError) ? " ± " + Numbers.Fixed(100 * result.StandardError, 1) : "")
                : ""),
            Numbers.Fixed(Numbers.Ratio(results.Sum(result => result.Scores.Tokens), answers), 1),
            cell.Seeds.Count.ToString(CultureInfo.InvariantCulture),
        ];
    }

    private static IEnumerable<string> Caption(FindingsOptions options, IReadOnlyList<FindingResult> results)
    {
        string level = options.Level.ToString("0.####", CultureInfo.InvariantCulture);
        IEnumerable<string> families = results.GroupBy(result => result.Finding.Family, StringComparer.Ordinal)
            .Select(family => $"{family.Key}: {family.Count()}");
        yield return $"Declared in {options.File} (SHA-256 {options.Declaration[..16]}, in the lock), which changes only together with the lock. "
            + "Points are percentage points. "
            + $"Test: {CrossedContrast.Name}; questions and replicates drawn anew, the replicates' variance pooled over cells of one size that are asked "
            + "alike; ratios after Fieller"
            + (results.Any(result => result.Finding.As == FindingForm.Chord)
                ? ", heights above a line by the delta method with these students' own replicates. "
                : ". ")
            + "p of a claim with a direction is twice the one-sided one, of equivalence twice the larger of the two; "
            + $"corrected by Holm within its family ({string.Join("; ", families)}). "
            + "The interval is at the level of the finding's step, so that it excludes the reference exactly where the corrected test rejects.";
        yield return $"- supported: p (Holm) at most {level}, and the estimate is at least the smallest effect of interest (equivalent, non-inferior: the "
            + "interval lies within the margin).";
        yield return "- contradicted: the interval excludes every effect of interest (greater: lies below it; equivalent: lies outside of the margins). "
            + "An effect may be there, but too small to matter, or the other way round.";
        yield return "- undecided: neither; the data allow both.";
        yield return "- detectable: the smallest distance from the reference that Holm's first step finds with power 0.8. "
            + "Where it is larger than the smallest effect of interest, undecided was to be expected.";
        foreach (string note in options.Notes)
        {
            yield return "- " + note;
        }
    }

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
