using System.Text.Json.Nodes;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Reporting;
using NaturalThoughts.Reporting.Modes;
using NaturalThoughts.Selection;
using NaturalThoughts.Student.Generation;
using NaturalThoughts.Student.Stages;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>The targets of a table that compares modes of thinking.</summary>
internal static class ModeTargets
{
    /// <summary>True for a row whose thoughts are closed at budgets: a student of ours that is asked to think, in a table that wants it.</summary>
    public static bool Closes(TableSettings table, CellSettings cell) =>
        table.Columns.Contains(TableColumns.Closed) && cell.Recorded is null && cell.Endpoint is null && cell.Mode == ModeSettings.Think;

    /// <summary>Adds closed thoughts of a cell's answers to a benchmark, and their grades.</summary>
    /// <param name="targets">Where the targets go.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="at">The address of the cell and seed.</param>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="generation">The parameters of the answers, with their seed.</param>
    /// <param name="student">The student.</param>
    /// <param name="prompts">The prompts.</param>
    /// <param name="questions">The questions.</param>
    /// <param name="answers">The answers of the first repeat.</param>
    public static void AddClosed(
        TargetList targets, Profile profile, string at, BenchmarkSettings benchmark, JsonObject generation, Output student, Output prompts,
        Output questions, Output answers)
    {
        ModeSettings modes = profile.Modes!;
        generation[StageParameters.Name(nameof(GenerationOptions.MaxNewTokens))] = modes.AnswerTokens;
        Output closed = targets.Add(
            new Output($"{at}/close/{benchmark.Name}", null),
            CloseThinkingStage.Name,
            new()
            {
                [StageParameters.Name(nameof(CloseThinkingOptions.Generation))] = generation,
                [StageParameters.Name(nameof(CloseThinkingOptions.Budgets))] = new JsonArray([.. modes.Closed.Select(budget => (JsonNode)budget)]),
            },
            (GenerateStage.CheckpointRole, student),
            (GenerateStage.PromptsRole, prompts),
            (CloseThinkingStage.AnswersRole, answers));
        foreach (int budget in modes.Closed)
        {
            targets.Add(
                Grades(at, benchmark, budget),
                GradeStage.Name,
                StageParameters.Of(new GradeOptions { Protocol = benchmark.Protocol }),
                (GradeStage.QuestionsRole, questions),
                (GradeStage.AnswersRole, closed with { File = CloseThinkingStage.AnswersOf(budget) }));
        }
    }

    /// <summary>What the table's stage is told; null where it compares no modes.</summary>
    public static ModeOptions? Options(TableSettings table, Profile profile)
    {
        if (!table.HasModes)
        {
            return null;
        }

        ModeSettings modes = profile.Modes!;
        return new ModeOptions
        {
            Scale = modes.Scale,
            Budgets = modes.Budgets,
            Easy = modes.Easy,
            Hard = modes.Hard,
            Closed = table.Columns.Contains(TableColumns.Closed) ? modes.Closed : [],
            Cells = [.. table.Cells.Select(cell => new ModeCell(cell.Address, Student(cell), cell.Mode, cell.Mix, IsDrawn(cell), Closes(table, cell)))],
        };
    }

    /// <summary>What the table's stage reads besides.</summary>
    public static IEnumerable<(string Role, Output From)> Inputs(TableSettings table, Profile profile)
    {
        if (!table.HasModes)
        {
            yield break;
        }

        foreach (BenchmarkSettings benchmark in table.Benchmarks)
        {
            yield return (TableRoles.Benchmark(benchmark.Name), benchmark.Source.Output);
        }

        foreach (CellSettings cell in table.Cells)
        {
            foreach (int seed in cell.Replicates ?? table.Replicates)
            {
                string at = CellTargets.Of(table, cell, seed);
                if (cell.Method is not null)
                {
                    yield return (TableRoles.Composition(cell.Address, seed), CellTargets.Composition(table, cell, seed) with { File = ComposeStage.Report });
                }

                foreach ((BenchmarkSettings benchmark, int budget) in Closes(table, cell)
                    ? table.Benchmarks.SelectMany(benchmark => profile.Modes!.Closed.Select(budget => (benchmark, budget)))
                    : [])
                {
                    yield return (TableRoles.Closed(cell.Address, benchmark.Name, seed, budget), Grades(at, benchmark, budget));
                }
            }
        }
    }

    // A name of its own: what lies below a benchmark's grades are other protocols.
    private static Output Grades(string at, BenchmarkSettings benchmark, int budget) =>
        new(FormattableString.Invariant($"{at}/grade-closed/{benchmark.Name}/{budget}"), GradeStage.Output);

    // The address without the mode: what else is in it tells students apart.
    private static string Student(CellSettings cell) =>
        cell.Mode.Length > 0 && cell.Address.EndsWith("-" + cell.Mode, StringComparison.Ordinal) ? cell.Address[..^(cell.Mode.Length + 1)] : cell.Address;

    private static bool IsDrawn(CellSettings cell) => cell.Mix is { } name
        && Student(cell).EndsWith("/" + name, StringComparison.Ordinal)
        && Mix.Parse(name) is var mix && (mix.Probability is not null || mix == Mix.System2 || mix == Mix.System1);
}
