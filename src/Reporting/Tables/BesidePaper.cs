using System.Text;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>Our figures beside published ones: for each row that names a cell and each column that names what it is of.</summary>
/// <param name="Row">The published row.</param>
/// <param name="Cell">Our cell.</param>
/// <param name="Of">The benchmark, or <c>benchmark/tokens</c>.</param>
/// <param name="Ours">Our value, in the unit of the published one.</param>
/// <param name="Published">The published one.</param>
/// <param name="Error">The standard error of the difference; null where nothing is known of it (tokens).</param>
internal sealed record BesidePaper(string Row, string Cell, string Of, decimal Ours, PublishedFigure Published, double? Error)
{
    private const double Level = 0.95;

    /// <summary>Ours minus the published value.</summary>
    public decimal Difference => Ours - Published.Value;

    private double Reach => Error is { } error ? Normal.Quantile(0.5 + (Level / 2)) * error : double.NaN;

    /// <summary>All pairs, row by row.</summary>
    public static IReadOnlyList<BesidePaper> Pairs(TableReference? paper, IReadOnlyList<CellResult> results)
    {
        List<BesidePaper> pairs = [];
        if (paper?.Of is not { } columns)
        {
            return pairs;
        }

        foreach (TableReferenceRow row in paper.Rows.Where(row => row.Cell is not null))
        {
            for (int i = 0; i < row.Values.Count; i++)
            {
                if (columns[i] is { } of && PublishedFigure.TryParse(row.Values[i]) is { } published && Find(results, row.Cell!, of) is { } result)
                {
                    pairs.Add(Pair(row.Row, of, result, published));
                }
            }
        }

        return pairs;
    }

    /// <summary>The section for people, with an empty line before it; empty without pairs.</summary>
    public static string Section(IReadOnlyList<BesidePaper> pairs)
    {
        if (pairs.Count == 0)
        {
            return "";
        }

        StringBuilder text = new("\n### Ours beside it\n\n");
        MarkdownRows.Write(
            text,
            ["row", "ours", "of", "value", "published", "difference", "95 % interval"],
            pairs.Select(pair => (string[])
            [
                pair.Row,
                pair.Cell,
                pair.Of,
                Numbers.Fixed(pair.Ours, 1),
                Numbers.Fixed(pair.Published.Value, 1),
                Numbers.Signed(pair.Difference, 1),
                pair.End(-1) is { Length: > 0 } low ? $"{low} to {pair.End(1)}" : "",
            ]));
        return text.Append(
            "\nThe interval is of the difference: our standard error (questions and replicates drawn anew) and the published one, "
            + "where there is one, as if independent; "
            + "since the questions are the same, it is rather too wide than too narrow. A published figure without an error counts as exact.\n").ToString();
    }

    /// <summary>The pairs as the text of a CSV file.</summary>
    public static string Csv(IReadOnlyList<BesidePaper> pairs) => CsvTable.Lines(pairs
        .Select(pair => (string[])
        [
            pair.Row, pair.Cell, pair.Of, Numbers.Fixed(pair.Ours, 2), Numbers.Fixed(pair.Published.Value, 2),
            pair.Published.Error is { } error ? Numbers.Fixed(error, 2) : "",
            Numbers.Fixed(pair.Difference, 2), pair.End(-1), pair.End(1),
        ])
        .Prepend(["row", "cell", "of", "ours", "published", "published_se", "difference", "low", "high"]));

    private string End(int sign) => double.IsFinite(Reach) ? Numbers.Signed(Difference + (sign * (decimal)Math.Round(Reach, 9)), 1) : "";

    private static BesidePaper Pair(string row, string of, CellResult result, PublishedFigure published)
    {
        CellScores scores = result.Scores;
        if (of.EndsWith(TableReference.TokensSuffix, StringComparison.Ordinal))
        {
            return new BesidePaper(row, scores.Cell.Address, of, Numbers.Ratio(scores.Tokens, scores.Answers), published, null);
        }

        double own = 100 * result.StandardError, other = (double)(published.Error ?? 0);
        return new BesidePaper(row, scores.Cell.Address, of, 100 * scores.Accuracy, published, Math.Sqrt((own * own) + (other * other)));
    }

    private static CellResult? Find(IReadOnlyList<CellResult> results, string cell, string of)
    {
        string benchmark = of.EndsWith(TableReference.TokensSuffix, StringComparison.Ordinal) ? of[..^TableReference.TokensSuffix.Length] : of;
        return results.FirstOrDefault(result => result.Scores.Cell.Address == cell && result.Scores.Benchmark.Name == benchmark);
    }
}
