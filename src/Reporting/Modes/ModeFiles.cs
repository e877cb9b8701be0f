using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation.Modes;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Modes;

/// <summary>Reads what a table compares between modes, where it does.</summary>
internal static class ModeFiles
{
    /// <summary>The answers, row by row in the order of the table, benchmark by benchmark; none where the table compares no modes.</summary>
    public static List<ModeResult> Read(StageContext context, TableOptions options)
    {
        List<ModeResult> results = [];
        Dictionary<string, Dictionary<string, Question>> questions = new(StringComparer.Ordinal);
        foreach (ModeCell cell in options.Modes?.Cells ?? [])
        {
            TableCell row = options.Cells.FirstOrDefault(row => row.Address == cell.Address)
                ?? throw new UserErrorException(
                    $"The modes name '{cell.Address}', which is not a row.", $"{options.Name}.modes", "Name the rows of the table.");
            foreach (TableBenchmark benchmark in options.Benchmarks)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                if (!questions.TryGetValue(benchmark.Name, out Dictionary<string, Question>? known))
                {
                    questions[benchmark.Name] = known = QuestionRows.ById<Question>(
                        context.Input(TableRoles.Benchmark(benchmark.Name)), question => question.Id);
                }

                IReadOnlyList<IReadOnlyList<ModeAnswer>> Of(string role) =>
                [
                    .. RepeatedGrades.Read(context.Input(role), role).Repeats.Select(repeat => (IReadOnlyList<ModeAnswer>)
                    [
                        .. repeat.AsParallel().AsOrdered().WithDegreeOfParallelism(Math.Max(1, context.Threads)).WithCancellation(context.Cancellation)
                            .Select(grade => ModeAnswer.Of(grade, known.GetValueOrDefault(grade.QuestionId))),
                    ]),
                ];

                results.Add(new ModeResult(
                    cell,
                    benchmark,
                    [.. row.Seeds.SelectMany(seed => Of(TableRoles.Grades(cell.Address, benchmark.Name, seed)))],
                    [
                        .. (cell.Closed ? options.Modes!.Closed : []).Select(budget => (
                            budget,
                            (IReadOnlyList<ModeAnswer>)[.. row.Seeds.SelectMany(seed => Of(TableRoles.Closed(cell.Address, benchmark.Name, seed, budget)))
                                .SelectMany(answers => answers)])),
                    ]));
            }
        }

        return results;
    }
}
