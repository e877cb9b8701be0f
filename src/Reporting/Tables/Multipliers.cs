using System.Text;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>Differences told as amounts of the baseline's data, where the table has the baseline at two or more sizes.</summary>
internal static class Multipliers
{
    private const double Level = 0.95;

    /// <summary>Adds them to the results of cells whose baseline is a point of a scaling curve.</summary>
    public static List<CellResult> AddTo(TableOptions options, IReadOnlyList<CellResult> results, NoisePools pools)
    {
        ContrastTerm Term(CellScores scores) => new(1, scores.Strata, pools.Of(scores), scores.Students);
        Dictionary<(TableBenchmark, string?), (double Size, ContrastTerm Student)[]> curves = results
            .Select(result => result.Scores)
            .Where(scores => IsOnCurve(options, scores.Cell))
            .GroupBy(scores => (scores.Benchmark, scores.Cell.Mix))
            .Where(curve => curve.Select(scores => scores.Cell.Size).Distinct().Count() > 1)
            .ToDictionary(curve => curve.Key, curve => curve.Select(scores => ((double)scores.Cell.Size!.Value, Term(scores))).ToArray());
        return [.. results.Select(result => result.Baseline is { } baseline && IsOnCurve(options, baseline.Cell)
            && curves.TryGetValue((baseline.Benchmark, baseline.Cell.Mix), out (double, ContrastTerm)[]? curve)
            ? result with { Multiplier = DataMultiplier.Of(Term(result.Scores), Term(baseline), curve, Level) }
            : result)];
    }

    /// <summary>The section of the page; empty where there is none.</summary>
    public static string Section(TableOptions options, IReadOnlyList<CellResult> results)
    {
        CellResult[] measured = [.. results.Where(result => result.Multiplier is not null)], told = [.. measured.Where(result => !IsOnBentCurve(result))];
        if (measured.Length == 0)
        {
            return "";
        }

        StringBuilder text = new($"\n## Effects as amounts of {options.Baseline} data\n\n");
        if (told.Length == 0)
        {
            return text
                + $"A difference as an amount of data needs the line of accuracy against ln(size) through {options.Baseline}'s sizes. {Rejected(measured)}\n";
        }

        TableBenchmark[] benchmarks = [.. options.Benchmarks.Where(benchmark => told.Any(result => result.Scores.Benchmark == benchmark))];
        TableCell[] cells = [.. options.Cells.Where(cell => told.Any(result => result.Scores.Cell == cell))];
        string[] flat =
            [.. options.Benchmarks.Where(benchmark => measured.All(result => result.Scores.Benchmark != benchmark)).Select(benchmark => benchmark.Name)];
        text.Append(
            $"How many times the examples of its baseline would give {options.Baseline} the same accuracy, with the 95 % interval, "
            + $"by the line of accuracy against ln(size) "
            + $"through {options.Baseline}'s sizes and the test's own noise (Fieller); "
            + "1 lies outside where the difference is significant by itself, before any correction. "
            + (flat.Length == 0 ? "" : $"The line does not rise significantly on {string.Join(", ", flat)}: nothing to tell there. ")
            + (told.Length == measured.Length ? "" : $"{Rejected(measured)} ")
            + "Beyond the sizes that the table has the line is prolonged. ∞ or 0: no end within a factor of 1,000.\n\n");
        MarkdownRows.Write(
            text,
            ["cell", .. benchmarks.Select(benchmark => benchmark.Name)],
            cells.Select(cell =>
                (string[])[cell.Address, .. benchmarks.Select(benchmark =>
                    InWords(told.FirstOrDefault(result => result.Scores.Cell == cell && result.Scores.Benchmark == benchmark)?.Multiplier))]));
        return text.ToString();
    }

    /// <summary>An end or a factor in the csv: three decimals, <c>inf</c> for no upper end.</summary>
    internal static string Csv(double? factor) =>
        factor is not { } value ? "" : double.IsPositiveInfinity(value) || value > Outside ? "inf" : Numbers.Fixed(value, 3);

    // A factor of a decimal's range; the slope of a curve can be as small as its test allows.
    private const double Outside = 1e9;

    private static bool IsOnCurve(TableOptions options, TableCell cell) => cell.Size is not null && cell.Method == options.Baseline && cell.Baseline is null;

    // The interval of a line that is rejected does not have its level.
    private static bool IsOnBentCurve(CellResult result) => result.Multiplier?.BendP <= 1 - Level;

    // Each benchmark whose line is rejected, with its mix where the table has curves of several.
    private static string Rejected(CellResult[] measured)
    {
        bool isOfOneMix = measured.Select(result => result.Baseline!.Cell.Mix).Distinct().Count() == 1;
        string[] curves = [.. measured.Where(IsOnBentCurve).DistinctBy(result => (result.Scores.Benchmark, result.Baseline!.Cell.Mix)).Select(result =>
            $"{result.Scores.Benchmark.Name}{(isOfOneMix ? "" : $" of {result.Baseline!.Cell.Mix}")} (p {Numbers.P(result.Multiplier!.BendP)})")];
        return $"The line is rejected at 0.05 on {Listed.Of(curves)}, where a term of ln(size)² is not 0: no factor is printed there, "
            + "and the intervals that the csv has by the line do not have their level.";
    }

    private static string InWords(DataMultiplier? multiplier) => multiplier is null
        ? ""
        : $"{Factor(multiplier.Value)} ({Factor(multiplier.Interval.Low)} to {Factor(multiplier.Interval.High)})";

    private static string Factor(double value) => double.IsPositiveInfinity(value) || value > Outside ? "∞" : value == 0 ? "0" : "×" + Numbers.Fixed(value, 2);
}
