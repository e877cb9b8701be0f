using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Reporting.Measures;

/// <summary>Reads what tables print beside accuracies, where they ask for any of it.</summary>
internal static class MeasureFiles
{
    /// <summary>All measures, cell by cell in the order of the table, benchmark by benchmark; none where the table asks for none.</summary>
    public static List<CellMeasures> Read(StageContext context, TableOptions options)
    {
        List<CellMeasures> all = [];
        foreach (TableCell cell in options.Columns.Any(TableColumns.IsMeasure) ? options.Cells : [])
        {
            foreach (TableBenchmark benchmark in options.Benchmarks)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                IReadOnlyList<MeasuredQuestion>[] replicates =
                    [.. cell.Seeds.Select(seed => Measured(context, TableRoles.Measures(cell.Address, benchmark.Name, seed)))];
                all.Add(new CellMeasures(cell, benchmark, replicates) { Phrasings = Phrasings(context, cell, benchmark) });
            }
        }

        return all;
    }

    private static IReadOnlyList<MeasuredQuestion> Measured(StageContext context, string role)
    {
        string path = context.Input(role);
        List<MeasuredQuestion> rows = QuestionRows.InOrder<MeasuredQuestion>(path, row => row.QuestionId);
        if (rows.Count == 0 || rows.Any(row => row.Scores.Count == 0 || row.Scores.Count != rows[0].Scores.Count || row.Votes.Count != row.Scores.Count))
        {
            throw new UserErrorException(
                $"The measures '{role}' are empty, or their questions have different numbers of answers.", path, "Every question is answered equally often.");
        }

        return [.. rows.OrderBy(row => row.QuestionId, StringComparer.Ordinal)];
    }

    // The benchmark's own prompt counts by its first repeat, as often as each of the others is asked.
    private static IReadOnlyList<double> Phrasings(StageContext context, TableCell cell, TableBenchmark benchmark) =>
    [
        .. Enumerable.Range(1, int.MaxValue - 1)
            .TakeWhile(phrasing => context.HasInput(TableRoles.Phrasing(cell.Address, benchmark.Name, cell.Seeds[0], phrasing)))
            .Select(phrasing => cell.Seeds.Average(seed =>
                JsonLines.Read<Grade>(context.Input(TableRoles.Phrasing(cell.Address, benchmark.Name, seed, phrasing))).Average(grade => grade.Score))),
    ];
}
