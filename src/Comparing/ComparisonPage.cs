using System.Globalization;
using System.Text;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Comparing;

/// <summary>A comparison as one HTML page that loads nothing; every text of others is encoded.</summary>
public static class ComparisonPage
{
    /// <summary>Writes the page; returns its HTML.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="flips">How many flipped questions of each pair are listed.</param>
    public static string Write(RunComparison comparison, int flips)
    {
        StringBuilder text = HtmlPage.Begin(ComparisonText.Title(comparison));
        text.Append("<p>").Append(HtmlPage.Encoded(ComparisonRows.Caption)).Append("</p>\n");
        Notes(text, comparison.Notes);
        foreach (BenchmarkComparison benchmark in comparison.Benchmarks)
        {
            text.Append(CultureInfo.InvariantCulture, $"<h2>{HtmlPage.Encoded(ComparisonRows.Heading(benchmark))}</h2>\n");
            HtmlPage.Table(text, ComparisonRows.Runs, benchmark.Runs.Select(run => ("", ComparisonRows.Cells(run))), 1..4);
            HtmlPage.Table(text, ComparisonRows.Pairs, benchmark.Comparisons.Select(pair => ("", ComparisonRows.Cells(pair))), 2..9);
            Notes(text, ComparisonRows.Notes(benchmark));
            if (benchmark.Comparisons.Any(pair => pair.Flips.Count > 0))
            {
                text.Append("<details open>\n<summary>Flipped questions")
                    .Append(HtmlPage.Encoded(ComparisonText.More(benchmark, flips))).Append("</summary>\n");
                HtmlPage.Table(
                    text,
                    ComparisonRows.Flips,
                    benchmark.Comparisons.SelectMany(pair =>
                        pair.Flips.Take(flips).Select(flip => (flip.IsBetter ? "new" : "gone", ComparisonRows.Cells(pair, flip, benchmark.Repeats)))),
                    2..4);
                text.Append("</details>\n");
            }
        }

        return HtmlPage.End(text);
    }

    private static void Notes(StringBuilder text, IReadOnlyList<string> notes)
    {
        if (notes.Count > 0)
        {
            text.Append("<ul>\n").Append(string.Concat(notes.Select(note => $"<li>{HtmlPage.Encoded(note)}</li>\n"))).Append("</ul>\n");
        }
    }
}
