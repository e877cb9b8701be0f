using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Statistics;
using static NaturalThoughts.Reporting.Tables.DetectableEffect;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>
/// Compares every two cells of a table out of what is committed: the outcomes and the digests of the lock. The test is that of the table
/// (<see cref="CrossedContrast"/>, the replicates' noise pooled as the table pools it); with a single answer to each question
/// McNemar's exact test. An answer that a protocol draws at random counts as not right here, since outcomes do not hold its chance.
/// </summary>
public static class CellPairs
{
    /// <summary>More cells than this are compared with the first one named as a baseline only: the pairs would outgrow a page.</summary>
    public const int MostCells = 64;

    /// <summary>The pairs (i before j, in the order of the cells), benchmark by benchmark.</summary>
    /// <param name="cells">The cells; size and mix decide whose noise is pooled.</param>
    /// <param name="benchmarks">The benchmarks.</param>
    /// <param name="outcomes">Cell, benchmark and seed to outcomes, as <c>outcomes</c> files hold them; null where there are none.</param>
    /// <param name="grades">Digest of the grades of a cell, benchmark and seed: students that are in two rows are pooled once.</param>
    /// <param name="questions">Number of questions of a benchmark.</param>
    public static IReadOnlyList<CellPair> Of(
        IReadOnlyList<TableCell> cells,
        IReadOnlyList<string> benchmarks,
        Func<string, string, int, string?> outcomes,
        Func<string, string, int, string?> grades,
        Func<string, int> questions)
    {
        List<CellPair> all = [];
        foreach (string name in benchmarks)
        {
            TableBenchmark benchmark = new(name);
            string[] ids = [.. Enumerable.Range(0, questions(name)).Select(i => i.ToString(CultureInfo.InvariantCulture))];
            CellScores[] scores = [.. cells.Select(cell => Scores(cell, benchmark, ids, outcomes, grades)).OfType<CellScores>()];
            NoisePools pools = new(scores);
            List<CellPair> column = [];
            for (int i = 0; i < scores.Length; i++)
            {
                for (int j = i + 1; j < scores.Length; j++)
                {
                    if (scores.Length <= MostCells || scores[i].Cell.Address == scores[j].Cell.Baseline || scores[j].Cell.Address == scores[i].Cell.Baseline)
                    {
                        column.Add(Pair(pools, scores[i], scores[j]));
                    }
                }
            }

            int[] tested = [.. Enumerable.Range(0, column.Count).Where(i => column[i].P is not null)];
            double[] adjusted = MultipleTesting.Holm([.. tested.Select(i => column[i].P!.Value)]);
            for (int k = 0; k < tested.Length; k++)
            {
                column[tested[k]] = column[tested[k]] with { HolmP = adjusted[k] };
            }

            all.AddRange(column);
        }

        return all;
    }

    private static CellScores? Scores(
        TableCell cell, TableBenchmark benchmark, string[] ids, Func<string, string, int, string?> outcomes, Func<string, string, int, string?> grades)
    {
        string?[] rows = [.. cell.Seeds.Select(seed => outcomes(cell.Address, benchmark.Name, seed))];
        if (rows.Length == 0 || ids.Length == 0
            || rows.Any(row => row is null || row.Length == 0 || row.Length % ids.Length != 0 || row.Length != rows[0]!.Length))
        {
            return null;
        }

        return new CellScores
        {
            Cell = cell,
            Benchmark = benchmark,
            Questions = ids,
            Outcomes = [.. rows.Select(row => row!)],
            Digests = [.. cell.Seeds.Select(seed => grades(cell.Address, benchmark.Name, seed) is { } hex && ContentHash.TryParse(hex, out ContentHash digest)
                ? digest
                : ContentHash.OfText($"{cell.Address} {benchmark.Name} {seed}"))],
            Tokens = 0,
            Truncated = 0,
        };
    }

    private static CellPair Pair(NoisePools pools, CellScores first, CellScores second)
    {
        CrossedContrast crossed = Comparisons.Test(first, second, pools);
        CellPair pair = new()
        {
            First = first.Cell.Address,
            Second = second.Cell.Address,
            Benchmark = first.Benchmark.Name,
            Replicates = (first.Replicates, second.Replicates),
            Difference = crossed.Estimate,
            Interval = crossed.Interval(1 - Level),
            Test = crossed.Degeneracy switch
            {
                Degeneracy.None => CrossedContrast.Name,
                Degeneracy.Identical => "no test: identical verdicts",
                Degeneracy.SingleReplicate => "no test: a single replicate",
                Degeneracy.SingleQuestion => "no test: a single question",
                _ => "no test: the differences do not vary",
            },
            P = crossed.P,
            Detectable = crossed.MinimumDetectable(WantedPower, Level),
        };
        if (crossed.Degeneracy != Degeneracy.SingleReplicate || first.Outcomes.Count > 1 || second.Outcomes.Count > 1
            || first.Repeats > 1 || second.Repeats > 1)
        {
            return pair;
        }

        McNemar exact = new(RightInFirstOnly(first, second), RightInFirstOnly(second, first));
        double[] differences = [.. first.Outcomes[0].Zip(second.Outcomes[0]).Select(both => (both.First == '1' ? 1.0 : 0) - (both.Second == '1' ? 1 : 0))];
        return pair with
        {
            Test = "McNemar's exact test",
            P = exact.ExactP,
            Interval = MeanSummary.Of(differences).Interval(1 - Level),
            Detectable = Power.McNemarDifference(first.N, (double)(exact.B + exact.C) / first.N, WantedPower, Level),
        };
    }

    private static int RightInFirstOnly(CellScores first, CellScores second) =>
        first.Outcomes[0].Zip(second.Outcomes[0]).Count(both => both.First == '1' && both.Second != '1');
}
