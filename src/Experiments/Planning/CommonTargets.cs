using NaturalThoughts.Evaluation.CommonQuestions;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Sources.Recorded;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>The targets that keep the questions which all rows of a table answer, one for each benchmark.</summary>
internal static class CommonTargets
{
    /// <summary>The report of a benchmark's common questions.</summary>
    public static Output Report(TableSettings table, BenchmarkSettings benchmark) => new(AddressOf(table, benchmark), CommonQuestionsStage.Report);

    /// <summary>The common questions as a cell saw them, and its answers.</summary>
    public static (Output Questions, Output Answers) Of(TableSettings table, CellSettings cell, int seed, BenchmarkSettings benchmark)
    {
        string address = AddressOf(table, benchmark), row = Row(cell, seed);
        return (new Output(address, CommonQuestionsStage.QuestionsOf(row)), new Output(address, CommonQuestionsStage.AnswersOf(row)));
    }

    /// <summary>Adds the targets of a table.</summary>
    public static void Add(TargetList targets, TableSettings table, IReadOnlyList<AnsweredCell> answered)
    {
        foreach (BenchmarkSettings benchmark in table.Benchmarks)
        {
            AnsweredCell[] rows = [.. answered.Where(row => row.Benchmark == benchmark)];
            targets.Add(
                Report(table, benchmark),
                CommonQuestionsStage.Name,
                StageParameters.Of(new CommonQuestionsOptions { Rows = [.. rows.Select(row => Row(row.Cell, row.Seed))] }),
                rows.SelectMany(Inputs));
        }
    }

    private static IEnumerable<(string Role, Output From)> Inputs(AnsweredCell answered)
    {
        string row = Row(answered.Cell, answered.Seed);
        yield return (CommonQuestionsStage.QuestionsRole(row), answered.Questions);
        yield return (CommonQuestionsStage.AnswersRole(row), answered.Answers);
        if (answered.Cell.Recorded is not null)
        {
            yield return (CommonQuestionsStage.RecordedRole(row), answered.Answers with { File = ImportAnswersStage.Recorded });
            yield return (CommonQuestionsStage.ImportRole(row), answered.Answers with { File = ImportAnswersStage.Report });
        }
    }

    private static string AddressOf(TableSettings table, BenchmarkSettings benchmark) => $"{table.Name}/{CommonQuestionsStage.Name}/{benchmark.Name}";

    // A row is a part of file names.
    private static string Row(CellSettings cell, int seed) => FormattableString.Invariant($"{cell.Address.Replace('/', '-')}-seed{seed}");
}
