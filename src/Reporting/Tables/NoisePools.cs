using NaturalThoughts.Contracts;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>
/// The replicates' noise of each kind of student on each benchmark. Students of one pool (<see cref="TableCell.Pool"/>, or size and mix) are trained and asked
/// alike and share one estimate of how much a replicate moves them: what they are trained on is taken not to change that.
/// </summary>
internal sealed class NoisePools
{
    private readonly Dictionary<(string Benchmark, string Pool), TrainingNoise?> _pools = [];

    /// <summary>Pools all cells of a table. A student that is in several rows counts once: twice the same answers tell no more.</summary>
    public NoisePools(IReadOnlyList<CellScores> scores)
    {
        foreach (IGrouping<(string, string), CellScores> pool in scores.GroupBy(Key))
        {
            HashSet<ContentHash> seen = [];
            List<TrainingNoise?> students = [];
            foreach (CellScores cell in pool.OrderByDescending(cell => cell.Replicates))
            {
                if (!cell.Digests.Any(seen.Contains))
                {
                    students.Add(cell.Noise);
                }

                seen.UnionWith(cell.Digests);
            }

            _pools[pool.Key] = TrainingNoise.Pool(students);
        }
    }

    /// <summary>The noise of a cell's kind; null where no student of the kind has two replicates.</summary>
    public TrainingNoise? Of(CellScores cell) => _pools[Key(cell)];

    /// <summary>The name of a cell's kind.</summary>
    public static string Name(TableCell cell) => cell.Pool ?? FormattableString.Invariant($"{cell.Size} {cell.Mix}");

    private static (string Benchmark, string Pool) Key(CellScores cell) => (cell.Benchmark.Name, Name(cell.Cell));
}
