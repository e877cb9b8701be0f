using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>Compares every cell with its baseline, and corrects the p-values over the families of each column.</summary>
internal static class Comparisons
{
    /// <summary>The results in the order of the scores.</summary>
    public static List<CellResult> Of(TableOptions options, IReadOnlyList<CellScores> scores)
    {
        NoisePools pools = new(scores);
        List<CellResult> results = [.. scores.Select(cell => Compare(options, scores, pools, cell))];

        // Of a column the primary family is corrected together, and what is outside of it by itself.
        foreach (IGrouping<(TableBenchmark, bool), int> family in Enumerable.Range(0, results.Count)
            .GroupBy(i => (results[i].Scores.Benchmark, results[i].Scores.Cell.Calibration)))
        {
            Correct(results, family, result => result.Comparison, (result, p) => result with { HolmP = p });
            Correct(results, family, result => result.Unpooled, (result, p) => result with { UnpooledHolmP = p });
        }

        return Multipliers.AddTo(options, results, pools);
    }

    /// <summary>The address of the cell that a cell is compared with; null for none.</summary>
    public static string? BaselineOf(TableOptions options, TableCell cell) => cell.BaselineAmong(options.Baseline, options.Cells);

    /// <summary>One sentence for each row of a method that has no baseline.</summary>
    public static IEnumerable<string> Missing(TableOptions options) => options.Cells
        .Where(cell => cell.Size is not null && cell.Baseline is null && cell.Method != options.Baseline && BaselineOf(options, cell) is null)
        .Select(cell => $"{cell.Address} is compared with nothing: the table has no {options.Baseline} of its size and mix.");

    /// <summary>The test of two cells of a benchmark: the same questions, and replicates of each one's own number.</summary>
    /// <param name="first">The first.</param>
    /// <param name="second">The second; its questions are the first's.</param>
    /// <param name="pools">Whose noise each shares; null to take each one's own replicates alone.</param>
    public static CrossedContrast Test(CellScores first, CellScores second, NoisePools? pools) => CrossedContrast.Of(
    [
        new ContrastTerm(1, first.Strata, pools?.Of(first), first.Students),
        new ContrastTerm(-1, second.Strata, pools?.Of(second), second.Students),
    ]);

    /// <summary>The standard error of a cell's accuracy, questions and replicates drawn anew, by the noise that its test uses.</summary>
    private static double StandardError(CellScores cell, NoisePools pools) =>
        CrossedContrast.Of([new ContrastTerm(1, cell.Strata, pools.Of(cell))]).StandardError;

    private static CellResult Compare(TableOptions options, IReadOnlyList<CellScores> scores, NoisePools pools, CellScores cell)
    {
        double standardError = StandardError(cell, pools);
        string? address = BaselineOf(options, cell.Cell);
        CellScores? baseline = scores.FirstOrDefault(other => other.Cell.Address == address && other.Benchmark == cell.Benchmark);
        if (baseline is null)
        {
            return new CellResult(cell, standardError, null, 0, null, null);
        }

        // Over a common denominator, so that no rounding is between the two: they may have been asked a different number of times.
        decimal gained = (cell.Expected.Sum() * baseline.Answers) - (baseline.Expected.Sum() * cell.Answers);
        decimal difference = gained / ((decimal)cell.Answers * baseline.Answers);
        return new CellResult(cell, standardError, baseline, difference, Test(cell, baseline, pools), null) { Unpooled = Test(cell, baseline, null) };
    }

    private static void Correct(
        List<CellResult> results, IEnumerable<int> family, Func<CellResult, CrossedContrast?> test, Func<CellResult, double, CellResult> with)
    {
        int[] tested = [.. family.Where(i => test(results[i])?.P is not null)];
        double[] adjusted = MultipleTesting.Holm([.. tested.Select(i => test(results[i])!.P!.Value)]);
        for (int k = 0; k < tested.Length; k++)
        {
            results[tested[k]] = with(results[tested[k]], adjusted[k]);
        }
    }
}
