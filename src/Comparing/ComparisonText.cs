using System.Globalization;
using System.Text;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Comparing;

/// <summary>A comparison for a terminal and for Markdown.</summary>
public static class ComparisonText
{
    private const int LongestText = 100;

    /// <summary>Lines for a terminal.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="flips">How many flipped questions of each pair are listed.</param>
    public static string Plain(RunComparison comparison, int flips)
    {
        StringBuilder text = new();
        Notes(text, comparison.Notes.Select(Clean), "note: ");
        foreach (BenchmarkComparison benchmark in comparison.Benchmarks)
        {
            text.Append(Clean(ComparisonRows.Heading(benchmark))).Append('\n');
            foreach (ScoredRun run in benchmark.Runs)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"  {Clean(run.Label)}: {ComparisonRows.Percent(run.Accuracy)} % "
                    + $"({ComparisonRows.Interval(run.Interval, 2)}), graded by {Clean(run.Metric)}");
                text.Append(run.Tokens is { } tokens ? $", {Numbers.Fixed(tokens, 1)} tokens an answer\n" : "\n");
            }

            foreach (PairedComparison pair in benchmark.Comparisons)
            {
                Plain(text, benchmark, pair, flips, comparison.Tests > 1);
            }

            Notes(text, benchmark.Notes.Select(Clean), "  note: ");
        }

        if (comparison.Tests > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"{comparison.Tests} tests; Holm's correction is over all of them.\n");
        }

        return text.ToString();
    }

    /// <summary>Headings and tables, for a pull request or a paper's notes.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="flips">How many flipped questions of each pair are listed.</param>
    public static string Markdown(RunComparison comparison, int flips)
    {
        StringBuilder text = new();
        text.Append("# ").Append(Cell(Title(comparison))).Append("\n\n").Append(ComparisonRows.Caption).Append("\n\n");
        Notes(text, comparison.Notes.Select(Cell), "- ");
        foreach (BenchmarkComparison benchmark in comparison.Benchmarks)
        {
            text.Append(text[^2] == '\n' ? "## " : "\n## ").Append(Cell(ComparisonRows.Heading(benchmark))).Append("\n\n");
            MarkdownRows.Write(text, ComparisonRows.Runs, benchmark.Runs.Select(run => Cells(ComparisonRows.Cells(run))));
            text.Append('\n');
            MarkdownRows.Write(text, ComparisonRows.Pairs, benchmark.Comparisons.Select(pair => Cells(ComparisonRows.Cells(pair))));
            text.Append('\n');
            string[] notes = [.. ComparisonRows.Notes(benchmark).Select(Cell)];
            Notes(text, notes, "- ");
            string[][] rows =
            [
                .. benchmark.Comparisons.SelectMany(pair =>
                    pair.Flips.Take(flips).Select(flip => Cells(ComparisonRows.Cells(pair, flip, benchmark.Repeats)))),
            ];
            if (rows.Length > 0)
            {
                text.Append(notes.Length > 0 ? "\n" : "").Append("### Flipped questions").Append(More(benchmark, flips)).Append("\n\n");
                MarkdownRows.Write(text, ComparisonRows.Flips, rows);
                text.Append('\n');
            }
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    internal static string Title(RunComparison comparison) =>
        string.Join(", ", comparison.Runs.Skip(1).Select(run => run.Label)) + " against " + comparison.Runs[0].Label;

    internal static string More(BenchmarkComparison benchmark, int flips)
    {
        int all = benchmark.Comparisons.Sum(pair => pair.Flips.Count), shown = benchmark.Comparisons.Sum(pair => Math.Min(flips, pair.Flips.Count));
        return shown == all ? "" : string.Create(CultureInfo.InvariantCulture, $" ({shown} of {all})");
    }

    private static void Plain(StringBuilder text, BenchmarkComparison benchmark, PairedComparison pair, int flips, bool isCorrected)
    {
        text.Append(CultureInfo.InvariantCulture, $"  {Clean(pair.Label)} - {Clean(pair.Against)}: {ComparisonRows.Points(pair.Test.Difference)} points");
        text.Append(double.IsNaN(pair.Test.Interval.Low) ? "" : $" ({ComparisonRows.Interval(pair.Test.Interval, 2)})");
        text.Append(
            pair.Test.P is null
                ? $"; {pair.Test.Name}"
                : $", p {ComparisonRows.P(pair.Test.P)}{(isCorrected ? $", with Holm's correction {ComparisonRows.P(pair.HolmP)}" : "")} ({pair.Test.Name})");
        string detectable = ComparisonRows.Detectable(pair);
        text.Append(detectable.Length > 0 ? $"; detectable {detectable} points\n" : "\n");
        if (pair.Flips.Count + pair.BothWays == 0)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"    {pair.Better} questions better, {pair.Worse} worse");
        text.Append(pair.BothWays > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({ComparisonRows.BothWays(pair)})") : "");
        text.Append(pair.Flips.Count == 0 ? "\n" : pair.Flips.Count > flips ? string.Create(CultureInfo.InvariantCulture, $"; {flips} of them:\n") : ":\n");
        foreach (FlippedQuestion flip in pair.Flips.Take(flips))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"    {Line(flip.Name)}: {ComparisonRows.Score(flip.First, benchmark.Repeats)} -> {ComparisonRows.Score(flip.Second, benchmark.Repeats)}");
            text.Append(
                flip.FirstAnswer is null && flip.SecondAnswer is null
                    ? ""
                    : $", {(flip.Repeat is { } repeat ? Clean(repeat) + ": " : "")}{Line(flip.FirstAnswer ?? "nothing")} -> "
                        + $"{Line(flip.SecondAnswer ?? "nothing")}");
            text.Append(flip.Text is null ? "\n" : $"  {Line(flip.Text)}\n");
        }
    }

    private static void Notes(StringBuilder text, IEnumerable<string> notes, string mark)
    {
        foreach (string note in notes)
        {
            text.Append(mark).Append(note).Append('\n');
        }
    }

    // Names and notes hold what files are called: one line, nothing that moves a terminal's cursor or turns its direction.
    private static string Clean(string text) => string.Concat(text.Select(c =>
        char.IsControl(c)
            || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? ' ' : c));

    private static string Line(string text) => Sources.Reading.SourceQuote.Of(text.Length > LongestText ? text[..LongestText] : text, confidential: false);

    private static string[] Cells(IReadOnlyList<string> cells) => [.. cells.Select(Cell)];

    // What a text of others holds is shown, not interpreted: neither HTML nor Markdown of its own.
    private static string Cell(string text)
    {
        StringBuilder cell = new();
        foreach (char c in text.Length > LongestText * 3 ? text[..(LongestText * 3)] + "..." : text)
        {
            cell.Append(c switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '\\' or '`' or '*' or '_' or '[' or ']' or '#' or '!' or '$' => "\\" + c,
                _ => char.IsControl(c) ? " " : c.ToString(),
            });
        }

        return cell.ToString();
    }
}
