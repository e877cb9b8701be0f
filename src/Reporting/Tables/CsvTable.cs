using System.Globalization;
using System.Text;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>One row per cell and benchmark; shares are fractions of 1 with six decimals, p-values have two significant digits.</summary>
internal static class CsvTable
{
    public const string Header =
        "cell,method,size,mix,benchmark,n,replicates,mean,se,baseline,diff,se_diff,df,p,p_holm,degenerate,tokens,unparsed,truncated,per_seed";

    public static string Write(IReadOnlyList<CellResult> results)
    {
        StringBuilder text = new();
        text.Append(Header).Append('\n');
        foreach (CellResult result in results)
        {
            text.AppendJoin(',', Row(result).Select(Quote)).Append('\n');
        }

        return text.ToString();
    }

    private static string[] Row(CellResult result)
    {
        CellScores scores = result.Scores;
        bool compared = result.Comparison is not null;
        return
        [
            scores.Cell.Address,
            scores.Cell.Method ?? "",
            scores.Cell.Size?.ToString(CultureInfo.InvariantCulture) ?? "",
            scores.Cell.Mix ?? "",
            scores.Benchmark.Name,
            scores.N.ToString(CultureInfo.InvariantCulture),
            scores.Replicates.ToString(CultureInfo.InvariantCulture),
            Numbers.Fixed(scores.Accuracy, 6),
            Numbers.Fixed(result.StandardError, 6),
            result.Baseline?.Cell.Address ?? "",
            compared ? Numbers.Fixed(result.Difference, 6) : "",
            compared ? Numbers.Fixed(result.Comparison!.StandardError, 6) : "",
            compared ? Numbers.Fixed(result.Comparison!.DegreesOfFreedom, 1) : "",
            Numbers.P(result.Comparison?.P),
            Numbers.P(result.HolmP),
            result.Degenerate ?? "",
            Numbers.Fixed(Numbers.Ratio(scores.Tokens, scores.Answers), 2),
            Numbers.Fixed(Numbers.Ratio(scores.Unparsed, scores.Answers), 6),
            Numbers.Fixed(Numbers.Ratio(scores.Truncated, scores.Answers), 6),
            string.Join(';', scores.Right.Select(right => Numbers.Fixed(Numbers.Ratio(right, scores.N), 6))),
        ];
    }

    private static string Quote(string field) => field.AsSpan().ContainsAny(",\"\n") ? "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : field;
}
