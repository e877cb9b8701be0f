using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Power.Bench;

/// <summary>
/// The variances of students of a size on a benchmark, pooled over all tables of a folder that ask the questions of Table1; students with traces alone.
/// </summary>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Size">The size.</param>
/// <param name="Mean">Mean accuracy.</param>
/// <param name="Noise">The replicates' noise.</param>
/// <param name="Answers">Residual mean square: the variance of a single answer around its student and question.</param>
/// <param name="Interaction">Variance over questions of how much a method moves a question's chance, beyond the noise of answers.</param>
internal sealed record MeasuredVariance(string Benchmark, int Size, double Mean, TrainingNoise Noise, double Answers, double Interaction)
{
    public static IReadOnlyList<MeasuredVariance> Read(string folder)
    {
        Dictionary<(string Benchmark, int Size), List<(string Cell, double[,] Verdicts)>> students = [];
        HashSet<string> seen = [];
        Dictionary<string, string> digests = new(StringComparer.Ordinal);

        // Table1 first: its questions are those that students are compared on (LeftOutDomain has others). A student that is in several tables counts once.
        foreach (string path in Directory.GetFiles(folder, "*.outcomes").OrderBy(path => Path.GetFileName(path) != "Table1.outcomes")
            .ThenBy(path => path, StringComparer.Ordinal))
        {
            OutcomesFile file = OutcomesFile.Parse(TextFiles.ReadStrict(path));
            foreach ((string benchmark, string digest) in file.Benchmarks)
            {
                digests.TryAdd(benchmark, digest);
            }

            foreach (IGrouping<(string Cell, string Benchmark), KeyValuePair<(string Cell, string Benchmark, string Seed), string>> cell
                in file.Rows.Where(row => file.Benchmarks[row.Key.Benchmark] == digests[row.Key.Benchmark])
                    .GroupBy(row => (row.Key.Cell, row.Key.Benchmark)))
            {
                string[] parts = cell.Key.Cell.Split('/');
                string[] rows = [.. cell.Select(row => row.Value)];
                int questions = file.Questions[cell.Key.Benchmark];
                if (parts is [_, var size, "System2"] && rows.All(row => row.Length == questions) && !rows.Any(row => seen.Contains(cell.Key.Benchmark + row)))
                {
                    seen.UnionWith(rows.Select(row => cell.Key.Benchmark + row));
                    double[,] verdicts = new double[questions, rows.Length];
                    for (int q = 0; q < questions; q++)
                    {
                        for (int r = 0; r < rows.Length; r++)
                        {
                            verdicts[q, r] = rows[r][q] == '1' ? 1 : 0;
                        }
                    }

                    (string, int) key = (cell.Key.Benchmark, int.Parse(size, CultureInfo.InvariantCulture));
                    students.TryAdd(key, []);
                    students[key].Add((cell.Key.Cell, verdicts));
                }
            }
        }

        return [.. students.OrderBy(entry => entry.Key.Size).ThenBy(entry => entry.Key.Benchmark, StringComparer.Ordinal)
            .Select(entry => Of(entry.Key, entry.Value))];
    }

    private static MeasuredVariance Of((string Benchmark, int Size) key, List<(string Cell, double[,] Verdicts)> students)
    {
        CrossedMeanSquares[] squares = [.. students.Select(student => CrossedMeanSquares.Of(student.Verdicts))];
        double df = squares.Sum(one => one.Replicates - 1.0), answers = squares.Sum(one => one.Residual * (one.Replicates - 1)) / df;
        (string, double[,] Verdicts) random = students.First(student => student.Cell.StartsWith("Random/", StringComparison.Ordinal));
        double interaction = students.Where(student => !student.Cell.StartsWith("Random", StringComparison.Ordinal)).Average(student =>
        {
            double[] differences = [.. Enumerable.Range(0, student.Verdicts.GetLength(0)).Select(q => Row(student.Verdicts, q) - Row(random.Verdicts, q))];
            double sd = MeanSummary.Of(differences).Sd;
            return (sd * sd) - (answers * ((1.0 / student.Verdicts.GetLength(1)) + (1.0 / random.Verdicts.GetLength(1))));
        });
        return new MeasuredVariance(
            key.Benchmark, key.Size, squares.Average(one => one.Mean), TrainingNoise.Pool(students.Select(student => TrainingNoise.Of([student.Verdicts])))!,
            answers, Math.Max(0, interaction));
    }

    private static double Row(double[,] verdicts, int q) => Enumerable.Range(0, verdicts.GetLength(1)).Average(r => verdicts[q, r]);
}
