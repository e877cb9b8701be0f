using System.Globalization;
using System.Text;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>
/// Every verdict of a table as text: per benchmark a line <c>#name n digest</c> (digest of its question ids in ordinal order, one a line), then per
/// cell and seed <c>cell benchmark seed outcomes</c>, the outcomes as characters in that order: 1 right, 0 wrong, - unparsed; where a question is
/// answered several times, repeat after repeat.
/// </summary>
/// <param name="Rows">(cell, benchmark, seed) to outcomes.</param>
/// <param name="Benchmarks">Benchmark to the digest of its question ids.</param>
internal sealed record OutcomesFile(
    IReadOnlyDictionary<(string Cell, string Benchmark, string Seed), string> Rows, IReadOnlyDictionary<string, string> Benchmarks)
{
    /// <summary>Benchmark to the number of its questions.</summary>
    public IReadOnlyDictionary<string, int> Questions { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>The text of a table's scores.</summary>
    public static string Write(TableOptions options, IReadOnlyList<CellScores> scores)
    {
        StringBuilder text = new();
        foreach (TableBenchmark benchmark in options.Benchmarks)
        {
            CellScores[] cells = [.. scores.Where(cell => cell.Benchmark == benchmark)];
            if (cells.Length == 0)
            {
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"#{benchmark.Name} {cells[0].N} {Digest(cells[0].Questions)}\n");
            foreach (CellScores cell in cells)
            {
                for (int k = 0; k < cell.Replicates; k++)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{cell.Cell.Address} {benchmark.Name} {cell.Cell.Seeds[k]} {cell.Outcomes[k]}\n");
                }
            }
        }

        return text.ToString();
    }

    /// <summary>Reads a file. Lines of another shape are skipped.</summary>
    public static OutcomesFile Parse(string text)
    {
        string[][] lines = [.. text.Split('\n').Select(line => line.Split(' '))];
        return new OutcomesFile(
            lines.Where(parts => parts.Length == 4).GroupBy(parts => (parts[0], parts[1], parts[2]))
                .ToDictionary(group => group.Key, group => group.First()[3]),
            lines.Where(IsBenchmark).GroupBy(parts => parts[0][1..]).ToDictionary(group => group.Key, group => group.First()[2]))
        {
            Questions = lines.Where(IsBenchmark).GroupBy(parts => parts[0][1..]).ToDictionary(
                group => group.Key, group => int.TryParse(group.First()[1], NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 0,
                StringComparer.Ordinal),
        };
    }

    private static bool IsBenchmark(string[] parts) => parts.Length == 3 && parts[0].StartsWith('#');

    /// <summary>The digest of a benchmark's question ids, which are in ordinal order.</summary>
    public static ContentHash Digest(IEnumerable<string> ids) => ContentHash.OfText(string.Concat(ids.Select(id => id + "\n")));

    /// <summary>The character of a grade: <c>1</c> right, <c>0</c> wrong, <c>-</c> unparsed.</summary>
    public static char Character(Grade grade) => grade.Extracted is null ? '-' : grade.Correct ? '1' : '0';
}
