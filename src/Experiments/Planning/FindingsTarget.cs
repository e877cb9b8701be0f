using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Evaluation.Repeats;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.DeclaredFindings;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Reporting;
using NaturalThoughts.Reporting.Findings;
using NaturalThoughts.Student.Stages;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>The target of a profile's findings: the grades of cells that tables have made.</summary>
internal static class FindingsTarget
{
    /// <summary>The address of the target of a profile's findings.</summary>
    public const string Address = FindingsSettings.Name + "/table";

    public static void Add(TargetList targets, Profile profile, FindingsSettings findings, string? probe)
    {
        Dictionary<string, Target> made = targets.All.ToDictionary(target => target.Address, StringComparer.Ordinal);
        TargetDefinitions definitions = new(made);
        JsonObject parameters = StageParameters.Of(new FindingsOptions
        {
            Name = FindingsSettings.Name,
            Profile = profile.Name,
            Title = findings.Title,
            Baseline = "",
            Class = findings.Class,
            File = findings.File,
            Declaration = findings.Declaration.Hex,
            Level = findings.Level,
            Benchmarks = [.. findings.Benchmarks.Select(TableTarget.Benchmark)],
            Cells = [.. findings.Cells.Select(item => Cell(item.Table, item.Cell))],
            Students = findings.Cells
                .Select(item => (Cell: Name(item.Table, item.Cell), Student: Student(made, definitions, findings, item.Table, item.Cell)))
                .Where(item => item.Student is not null)
                .ToDictionary(item => item.Cell, item => item.Student!, StringComparer.Ordinal),
            Findings = findings.Findings,
            Notes = findings.Notes,
            Probe = findings.Cells.Any(item => item.Cell.Recorded is null) ? probe : null,
        });

        // A page of findings has no columns to choose.
        parameters.Remove(StageParameters.Name(nameof(FindingsOptions.Columns)));
        targets.Add(new Output(Address, null), FindingsStage.Name, parameters, [.. Inputs(made, findings)]);
    }

    private static string Name(TableSettings table, CellSettings cell) => $"{table.Name}/{cell.Address}";

    private static TableCell Cell(TableSettings table, CellSettings cell) =>
        TableTarget.Cell(cell, cell.Replicates ?? table.Replicates) with { Address = Name(table, cell), Baseline = null, Calibration = false };

    private static IEnumerable<(string Role, Output From)> Inputs(Dictionary<string, Target> made, FindingsSettings findings)
    {
        foreach ((TableSettings table, CellSettings cell) in findings.Cells)
        {
            foreach (int seed in cell.Replicates ?? table.Replicates)
            {
                foreach (BenchmarkSettings benchmark in findings.BenchmarksOf(Name(table, cell)))
                {
                    yield return (TableRoles.Grades(Name(table, cell), benchmark.Name, seed), CellTargets.Grades(table, cell, seed, benchmark));
                }
            }
        }

        if (findings.Findings.All(finding => finding.PlusLevels.Count == 0))
        {
            yield break;
        }

        foreach (BenchmarkSettings benchmark in findings.Benchmarks)
        {
            (TableSettings first, CellSettings firstCell) = findings.Cells.First(item =>
                findings.BenchmarksOf(Name(item.Table, item.Cell)).Contains(benchmark));
            int firstSeed = (firstCell.Replicates ?? first.Replicates)[0];
            Target graded = made[CellTargets.Grades(first, firstCell, firstSeed, benchmark).Address];
            TargetInput questions = graded.Inputs[graded.StageName == MeasureStage.Name ? MeasureStage.QuestionsRole(1) : GradeStage.QuestionsRole];
            yield return (TableRoles.Questions(Name(first, firstCell), benchmark.Name, firstSeed), new Output(questions.TargetAddress, questions.File));
        }
    }

    // A name for the trained students of a cell: equal where the same students are asked in another way. Null for answers of others.
    private static string? Student(
        Dictionary<string, Target> made, TargetDefinitions definitions, FindingsSettings findings, TableSettings table, CellSettings cell)
    {
        if (cell.Recorded is not null || cell.Endpoint is not null)
        {
            return null;
        }

        IEnumerable<string> students = (cell.Replicates ?? table.Replicates).Select(seed =>
        {
            Target graded = made[CellTargets.Grades(table, cell, seed, findings.BenchmarksOf(Name(table, cell))[0]).Address];
            Target grade = graded.StageName == MeasureStage.Name ? made[graded.Inputs[MeasureStage.GradesRole(1)].TargetAddress] : graded;
            Target answers = made[grade.Inputs[GradeStage.AnswersRole].TargetAddress];
            return $"{seed} {definitions.Of(answers.Inputs[GenerateStage.CheckpointRole].TargetAddress).Hex}";
        });
        return ContentHash.OfText(string.Join('\n', students)).Hex[..16];
    }
}
