using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Pages;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting.Diagnosing;
using NaturalThoughts.Student.Stages;

namespace NaturalThoughts.Build.Results;

/// <summary>Reads what a diagnosis needs of cells: answers, training sets, losses, and the cells beside them.</summary>
/// <param name="session">The plan and the store.</param>
/// <param name="records">Address to the record of its run, for the closure of the tables.</param>
internal sealed class CellRecords(Session session, IReadOnlyDictionary<string, RunRecord> records)
{
    private readonly Dictionary<string, DiagnosedCell?> _answers = new(StringComparer.Ordinal);

    /// <summary>A cell with all that is known of it; null where its answers are not in the store.</summary>
    public async Task<DiagnosedCell?> ReadAsync(VerifySubject subject, CancellationToken cancellation)
    {
        if (await AnswersAsync(subject, cancellation) is not { } cell)
        {
            return null;
        }

        List<IReadOnlyList<double>> losses = [];
        List<IReadOnlyList<TrainingExample>> training = [];
        foreach (int seed in subject.Seeds)
        {
            if (Student(subject, seed) is not { } student || session.Graph[student].StageName != FineTuneStage.Name)
            {
                continue;
            }

            if (await PathAsync(student, ReportReader.TrainingLog, cancellation) is { } log && TrainingCurve.Losses(TextFiles.ReadStrict(log)) is { } curve)
            {
                losses.Add(curve);
            }

            TargetInput examples = session.Graph[student].Inputs[FineTuneStage.TrainingRole];
            if (await PathAsync(examples.TargetAddress, examples.File!, cancellation) is { } path)
            {
                training.Add(JsonLines.Read<TrainingExample>(path));
            }
        }

        return cell with
        {
            Losses = losses,
            Training = training,
            Base = await BesideAsync(subject, IsBaseOf, cancellation),
            OtherMode = await BesideAsync(subject, IsSameStudent, cancellation),
            Smaller = await BesideAsync(subject, IsSmaller, cancellation),
        };
    }

    // The first cell of the table for which something holds; of several smaller ones the largest.
    private async Task<DiagnosedCell?> BesideAsync(VerifySubject subject, Func<VerifySubject, VerifySubject, bool> holds, CancellationToken cancellation)
    {
        TableCells cells = new(session.Graph[subject.Table.Address]);
        IEnumerable<VerifySubject> beside = cells.Seeds.Where(other => other.Key != subject.Cell)
            .Select(other => new VerifySubject(subject.Table, other.Key, [.. subject.Seeds.Intersect(other.Value).DefaultIfEmpty(other.Value[0])]))
            .Where(other => holds(subject, other))
            .OrderByDescending(other => cells.Size(other.Cell!) ?? 0);
        foreach (VerifySubject other in beside)
        {
            if (await AnswersAsync(other, cancellation) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private bool IsBaseOf(VerifySubject cell, VerifySubject other) =>
        Student(cell, cell.Seeds[0]) is { } student && session.Graph[student].Inputs.GetValueOrDefault(FineTuneStage.CheckpointRole) is { } from
        && Student(other, other.Seeds[0]) == from.TargetAddress && Prompts(cell, cell.Seeds[0]) == Prompts(other, other.Seeds[0]);

    private bool IsSameStudent(VerifySubject cell, VerifySubject other) =>
        cell.Seeds.SequenceEqual(other.Seeds)
        && Student(cell, cell.Seeds[0]) is { } student && Student(other, other.Seeds[0]) is { } second
        && records.GetValueOrDefault(student) is { } own && records.GetValueOrDefault(second)?.Key == own.Key
        && Prompts(cell, cell.Seeds[0]) != Prompts(other, other.Seeds[0]);

    private bool IsSmaller(VerifySubject cell, VerifySubject other)
    {
        TableCells cells = new(session.Graph[cell.Table.Address]);
        return cells.Size(cell.Cell!) is { } size && cells.Size(other.Cell!) is { } less && less < size && cells.Row(cell.Cell!) == cells.Row(other.Cell!);
    }

    private string? Student(VerifySubject cell, int seed) => Answered(cell, seed)?.Inputs.GetValueOrDefault(GenerateStage.CheckpointRole)?.TargetAddress;

    private string? Prompts(VerifySubject cell, int seed) => Answered(cell, seed)?.Inputs.GetValueOrDefault(GenerateStage.PromptsRole)?.TargetAddress;

    // The target that answered the first benchmark, the first time.
    private Target? Answered(VerifySubject cell, int seed)
    {
        TableCells cells = new(session.Graph[cell.Table.Address]);
        string grades = GradeTargets.Repeats(session.Graph, cells.Grades(cell.Cell!, cells.BenchmarksOf(cell.Cell!)[0], seed))[0];
        return session.Graph[grades].Inputs.GetValueOrDefault(GradeStage.AnswersRole) is { } answers ? session.Graph[answers.TargetAddress] : null;
    }

    private async Task<DiagnosedCell?> AnswersAsync(VerifySubject cell, CancellationToken cancellation)
    {
        string key = $"{cell.Name} {string.Join(' ', cell.Seeds)}";
        if (_answers.TryGetValue(key, out DiagnosedCell? known))
        {
            return known;
        }

        if (!await CellAnswers.AreKnownAsync(session, cell, records.GetValueOrDefault, cancellation))
        {
            return _answers[key] = null;
        }

        IReadOnlyList<CellAnswers> answers = await CellAnswers.ReadAsync(session, cell, records.GetValueOrDefault, cancellation);
        return _answers[key] = new DiagnosedCell(
            cell.Name,
            [.. answers.GroupBy(part => part.Seed)
                .Select(seed => (IReadOnlyList<DiagnosedAnswer>)[.. seed.SelectMany(part => part.Repeats.SelectMany(rows => rows)
                .Select(row => new DiagnosedAnswer(part.Benchmark, row.Question, row.Grade)))])]);
    }

    private async Task<string?> PathAsync(string address, string file, CancellationToken cancellation) =>
        records.GetValueOrDefault(address)?.Outputs.GetValueOrDefault(file) is { } output ? await KnownRuns.PathOfAsync(session, output, cancellation) : null;
}
