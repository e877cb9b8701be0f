using System.Globalization;
using System.Text;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>
/// Every verdict of a table as text: per benchmark a line <c>#name n digest</c> (digest of its question ids in ordinal order, one a line), then per
/// cell and seed <c>cell benchmark seed outcomes</c>, the outcomes as characters in that order: 1 right, 0 wrong, - unparsed.
/// </summary>
internal static class OutcomesFile
{
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

            string ids = string.Concat(cells[0].Questions.Select(id => id + "\n"));
            text.Append(CultureInfo.InvariantCulture, $"#{benchmark.Name} {cells[0].N} {ContentHash.OfText(ids)}\n");
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

    /// <summary>The rows of a file: (cell, benchmark, seed) to outcomes. Lines of another shape are skipped.</summary>
    public static Dictionary<(string Cell, string Benchmark, string Seed), string> Read(string text) => text
        .Split('\n')
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split(' '))
        .Where(parts => parts.Length == 4)
        .GroupBy(parts => (parts[0], parts[1], parts[2]))
        .ToDictionary(group => group.Key, group => group.First()[3]);
}
