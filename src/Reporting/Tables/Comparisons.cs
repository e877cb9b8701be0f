using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>Compares every cell with its baseline, and corrects the p-values over each column.</summary>
internal static class Comparisons
{
    /// <summary>The results in the order of the scores.</summary>
    public static List<CellResult> Of(TableOptions options, IReadOnlyList<CellScores> scores)
    {
        List<CellResult> results = [.. scores.Select(cell => Compare(options, scores, cell))];
        foreach (TableBenchmark benchmark in options.Benchmarks)
        {
            int[] tested = [.. Enumerable.Range(0, results.Count)
                .Where(i => results[i].Scores.Benchmark == benchmark && results[i].Comparison?.P is not null)];
            double[] adjusted = MultipleTesting.Holm([.. tested.Select(i => results[i].Comparison!.P!.Value)]);
            for (int k = 0; k < tested.Length; k++)
            {
                results[tested[k]] = results[tested[k]] with { HolmP = adjusted[k] };
            }
        }

        return results;
    }

    /// <summary>The address of the cell that a cell is compared with; null for none.</summary>
    public static string? BaselineOf(TableOptions options, TableCell cell) => cell.Baseline
        ?? (cell.Size is null || cell.Method == options.Baseline
            ? null
            : options.Cells.FirstOrDefault(other => other.Method == options.Baseline && other.Size == cell.Size && other.Mix == cell.Mix)?.Address);

    /// <summary>One sentence for each row of a method that has no baseline.</summary>
    public static IEnumerable<string> Missing(TableOptions options) => options.Cells
        .Where(cell => cell.Size is not null && cell.Baseline is null && cell.Method != options.Baseline && BaselineOf(options, cell) is null)
        .Select(cell => $"{cell.Address} is compared with nothing: the table has no {options.Baseline} of its size and mix.");

    private static CellResult Compare(TableOptions options, IReadOnlyList<CellScores> scores, CellScores cell)
    {
        double standardError = cell.Squares.StandardError;
        string? address = BaselineOf(options, cell.Cell);
        CellScores? baseline = scores.FirstOrDefault(other => other.Cell.Address == address && other.Benchmark == cell.Benchmark);
        if (baseline is null)
        {
            return new CellResult(cell, standardError, null, 0, null, null);
        }

        int replicates = Math.Min(cell.Replicates, baseline.Replicates);

        // Over a common denominator: the two may have been asked a different number of times.
        decimal gained = (cell.Expected.Take(replicates).Sum() * baseline.Repeats) - (baseline.Expected.Take(replicates).Sum() * cell.Repeats);
        decimal difference = gained / ((long)cell.N * replicates * cell.Repeats * baseline.Repeats);
        return new CellResult(cell, standardError, baseline, difference, Test(scores, cell, baseline), null);
    }

    /// <summary>The paired test of two cells of a benchmark over the replicates that both have.</summary>
    /// <param name="scores">All cells of the table: those of a size and mix share one estimate of the replicates' noise.</param>
    /// <param name="cell">The first.</param>
    /// <param name="baseline">The second; its questions are the first's.</param>
    public static CrossedContrast Test(IReadOnlyList<CellScores> scores, CellScores cell, CellScores baseline)
    {
        int replicates = Math.Min(cell.Replicates, baseline.Replicates);
        double[,] first = cell.Verdicts(replicates), second = baseline.Verdicts(replicates);
        double[,] differences = new double[cell.N, replicates];
        for (int q = 0; q < cell.N; q++)
        {
            for (int r = 0; r < replicates; r++)
            {
                differences[q, r] = first[q, r] - second[q, r];
            }
        }

        TrainingNoise? own = Noise(scores, cell), other = Noise(scores, baseline);
        return CrossedContrast.Of(differences, own is null || other is null ? null : (own, other));
    }

    // Students of the same size and mix are trained alike and share one estimate of how much a replicate moves them. A student that stands in
    // several rows counts once: twice the same answers tell no more.
    private static TrainingNoise? Noise(IReadOnlyList<CellScores> scores, CellScores cell) => TrainingNoise.Pool([.. scores
        .Where(other => other.Benchmark == cell.Benchmark && other.Cell.Size == cell.Cell.Size && other.Cell.Mix == cell.Cell.Mix)
        .DistinctBy(other => string.Join('\n', other.Digests.Select(digest => digest.Hex)))
        .Select(other => other.Squares)]);
}
