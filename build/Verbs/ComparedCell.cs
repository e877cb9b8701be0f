using System.Globalization;
using NaturalThoughts.Build.Results;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Comparing;
using NaturalThoughts.Pages;
using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Sources.Runs;

namespace NaturalThoughts.Build.Verbs;

/// <summary>A cell of this checkout that Compare was given.</summary>
/// <param name="Place">Its place on the command line.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Subject">The cell, and the seeds that were named.</param>
/// <param name="Answers">Its answers, seed by seed and benchmark by benchmark.</param>
internal sealed record ComparedCell(int Place, string Label, VerifySubject Subject, IReadOnlyList<CellAnswers> Answers)
{
    /// <summary>
    /// The cells as runs. Of each benchmark only the seeds that all the cells have are taken, where they have any in common: a replicate of one cell
    /// is compared with the same replicate of the other. What is left out, and what the cells' own table says of the two, is among the notes.
    /// </summary>
    public static IEnumerable<(int Place, RecordedRun Run)> ToRuns(Session session, IReadOnlyList<ComparedCell> cells)
    {
        Dictionary<string, int[]> common = cells.SelectMany(cell => cell.Answers.Select(part => part.Benchmark)).Distinct()
            .ToDictionary(benchmark => benchmark, benchmark => cells
            .Where(cell => cell.Has(benchmark))
            .Select(cell => cell.SeedsOf(benchmark))
            .Aggregate((one, other) => [.. one.Intersect(other)]));
        ComparedCell? first = cells.FirstOrDefault(cell => cell.Place == 0);
        Dictionary<string, ReportTable?> tables = [];
        foreach (ComparedCell cell in cells)
        {
            CellAnswers[] kept = [.. cell.Answers.Where(part => common[part.Benchmark].Length == 0 || common[part.Benchmark].Contains(part.Seed))];
            yield return (cell.Place, CellAnswers.ToRun(cell.Label, kept, benchmark =>
            [
                .. cell.LeftOut(benchmark, common[benchmark]),
                .. first is not null && first != cell && first.IsWhole(session) && cell.IsWhole(session)
                    && first.Subject.Table == cell.Subject.Table && first.Has(benchmark)
                    ? OfTable(session, tables, first, cell, benchmark)
                    : [],
            ]));
        }
    }

    private bool Has(string benchmark) => Answers.Any(part => part.Benchmark == benchmark);

    private int[] SeedsOf(string benchmark) => [.. Answers.Where(part => part.Benchmark == benchmark).Select(part => part.Seed)];

    // One seed of a cell is a single student: the table's test is of all of them.
    private bool IsWhole(Session session) =>
        Subject.Seeds.Count > 1 && Subject.Seeds.SequenceEqual(new TableCells(session.Graph[Subject.Table.Address]).Seeds[Subject.Cell!]);

    private IEnumerable<string> LeftOut(string benchmark, int[] common)
    {
        int[] gone = [.. SeedsOf(benchmark).Except(common)];
        return common.Length == 0 || gone.Length == 0
            ? []
            : [
                $"{Numbered(common)} {(common.Length == 1 ? "is" : "are")} compared, which all the cells have; {Numbered(gone)} "
                + $"{(gone.Length == 1 ? "is" : "are")} left out."];
    }

    private static string Numbered(int[] seeds) =>
        (seeds.Length == 1 ? "seed " : "seeds ") + string.Join(", ", seeds.Select(seed => seed.ToString(CultureInfo.InvariantCulture)));

    // The committed table is read once for all benchmarks; null where it has no lock.
    private static IEnumerable<string> OfTable(
        Session session, Dictionary<string, ReportTable?> tables, ComparedCell first, ComparedCell cell, string benchmark)
    {
        string name = cell.Subject.Table.Name;
        if (!tables.TryGetValue(name, out ReportTable? table))
        {
            tables[name] = table = File.Exists(TableFiles.LockOf(session, cell.Subject.Table))
                ? ReportTable.Read(session.Workspace.Results(session.Invocation.Profile), name)
                : null;
        }

        if (table?.HasFindings == true)
        {
            yield break;
        }

        bool isLocked = table is not null && new[] { first, cell }.All(one => one.Answers.Where(part => part.Benchmark == benchmark).All(part =>
            part.GradesDigest is not null && table.Grades(one.Subject.Cell!, benchmark, part.Seed) == part.GradesDigest));
        bool draws = isLocked && new[] { first, cell }.Any(one => table!.Locked(one.Subject.Cell!, benchmark, "drawn") > 0);
        (string, string) both = (first.Subject.Cell!, cell.Subject.Cell!);
        CellPair? pair = isLocked && !draws
            ? table!.Pairs.FirstOrDefault(pair => pair.Benchmark == benchmark && ((pair.First, pair.Second) == both || (pair.Second, pair.First) == both))
            : null;
        yield return "the test takes the seeds that both have and is not pooled; " + (pair is null
            ? $"{name} takes all seeds and pools the noise over its students, but has no locked test of these answers."
            : $"{name}, which takes all seeds and pools the noise over its students, says {TableTest.Told(pair, cell.Subject.Cell!)}.");
    }
}
