using System.Globalization;
using CsvHelper;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>One row per cell and benchmark; shares are fractions of 1 with six decimals, p-values have two significant digits.</summary>
internal static class CsvTable
{
    public const string Header =
        "cell,method,size,mix,benchmark,n,replicates,mean,se,baseline,diff,se_diff,df,p,p_holm,degenerate,tokens,unparsed,truncated,per_seed";

    /// <summary>In the column <c>family</c>: outside of the primary one.</summary>
    public const string CalibrationFamily = "calibration";

    // RFC 4180 except for the line end, which is that of all files here.
    private static readonly CsvWriterOptions Options = new() { NewLine = "\n" };

    // Columns that only some tables have: where the plan says whose noise is shared, where rows are compared, where a protocol draws answers, and where answers
    // are graded by several.
    private static readonly (string Header, Func<CellResult, bool> IsNeeded, Func<CellResult, string> Value)[] Further =
    [
        ("pool", result => result.Scores.Cell.Pool is not null, result => result.Scores.Cell.Pool ?? ""),
        ("se_diff_unpooled", result => result.Unpooled is not null, result => Numbers.Fixed(result.Unpooled?.StandardError ?? double.NaN, 6)),
        ("p_unpooled", result => result.Unpooled is not null, result => Numbers.P(result.Unpooled?.P)),
        ("p_holm_unpooled", result => result.Unpooled is not null, result => Numbers.P(result.UnpooledHolmP)),
        ("multiplier", result => result.Multiplier is not null, result => Multipliers.Csv(result.Multiplier?.Value)),
        ("multiplier_low", result => result.Multiplier is not null, result => Multipliers.Csv(result.Multiplier?.Interval.Low)),
        ("multiplier_high", result => result.Multiplier is not null, result => Multipliers.Csv(result.Multiplier?.Interval.High)),
        ("drawn", result => result.Scores.DrawnAnswers > 0, result => Numbers.Fixed(Numbers.Ratio(result.Scores.DrawnAnswers, result.Scores.Answers), 6)),
        ("lowest_protocol", result => result.Protocols is not null, result => result.Protocols?.LowestProtocol ?? ""),
        ("lowest", result => result.Protocols is not null, result => Numbers.Fixed(result.Protocols?.Lowest ?? double.NaN, 6)),
        ("highest_protocol", result => result.Protocols is not null, result => result.Protocols?.HighestProtocol ?? ""),
        ("highest", result => result.Protocols is not null, result => Numbers.Fixed(result.Protocols?.Highest ?? double.NaN, 6)),
    ];

    /// <summary>The csv of a table.</summary>
    /// <param name="results">The cells.</param>
    /// <param name="family">The primary family where it is one over sizes; its rows follow the cells.</param>
    /// <param name="baseline">The table's baseline.</param>
    public static string Write(IReadOnlyList<CellResult> results, IReadOnlyList<OverSizes> family, string baseline)
    {
        string first = family.Count > 0 ? "by size" : "primary";
        (string Header, Func<CellResult, bool> IsNeeded, Func<CellResult, string> Value)[] further =
        [
            .. family.Count > 0 || results.Any(result => result.Scores.Cell.Calibration)
                ? [("family", _ => true, result => result.Comparison is null ? "" : result.Scores.Cell.Calibration ? CalibrationFamily : first)]
                : Array.Empty<(string, Func<CellResult, bool>, Func<CellResult, string>)>(),
            .. Further.Where(column => results.Any(column.IsNeeded)),
        ];
        return Lines(results.Select(result => (string[])[.. Row(result), .. further.Select(column => column.Value(result))])
            .Concat(family.Select(one => (string[])[.. one.Row(baseline), .. further.Select(column => OfFamily(one, column.Header))]))
            .Prepend([.. Header.Split(','), .. further.Select(column => column.Header)]));
    }

    private static string OfFamily(OverSizes one, string header) => header switch
    {
        "family" => "primary",
        "se_diff_unpooled" => Numbers.Fixed(one.Unpooled.StandardError, 6),
        "p_unpooled" => Numbers.P(one.Unpooled.P),
        "p_holm_unpooled" => Numbers.P(one.UnpooledHolmP),
        _ => "",
    };

    /// <summary>Rows as the text of a file.</summary>
    internal static string Lines(IEnumerable<IReadOnlyList<string>> rows)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        using (CsvWriter writer = CsvWriter.Create(text, Options, leaveOpen: true))
        {
            foreach (IReadOnlyList<string> row in rows)
            {
                foreach (string field in row)
                {
                    writer.WriteField(field);
                }

                writer.EndRecord();
            }
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
            string.Join(';', scores.Expected.Select(right => Numbers.Fixed(scores.N == 0 ? 0 : right / ((long)scores.N * scores.Repeats), 6))),
        ];
    }
}
