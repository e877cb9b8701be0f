using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Sources.Questions;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>The profile loopback against smoke, whose results it must give.</summary>
public sealed class LoopbackProfileTests : IDisposable
{
    private static readonly string[] Data = ["data/", "world/"];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loopback-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Should_DoTheSameWithTheData_When_ItComesFromElsewhere()
    {
        TargetGraph smoke = Planner.Plan(ExperimentLoader.Load(Workbench.Repository, "smoke"), "portable/probe").Graph;
        TargetGraph loopback = Planner.Plan(ExperimentLoader.Load(Workbench.Repository, "loopback"), "portable/probe").Graph;

        string[] rest = [.. smoke.Closure(["Table1/table"]).Where(address => !Data.Any(address.StartsWith))];
        Assert.Equal(
            rest.Order(StringComparer.Ordinal),
            loopback.Closure(["Table1/table"]).Where(address => !Data.Any(address.StartsWith)).Order(StringComparer.Ordinal));
        Assert.All(rest.Append("world/corpus").Append("world/tokenizer").Where(address => address != "Table1/table"), address =>
        {
            Assert.Equal(smoke[address].StageName, loopback[address].StageName);
            Assert.Equal(CanonicalJson.Write(smoke[address].Parameters), CanonicalJson.Write(loopback[address].Parameters));
        });
        Assert.Equal(
            ["data/annotations", "data/judgements", "data/second", "data/traces"],
            loopback.Order.Where(address => StageCatalog.Create(loopback[address].StageName).Description.CallsModels).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Should_HoldSmokesQuestions_When_TheFileIsReadThatLoopbackTakes()
    {
        // Given: what ./build.sh --target=Export world/natural-reasoning --profile=smoke runs
        TargetGraph smoke = Planner.Plan(ExperimentLoader.Load(Workbench.Repository, "smoke"), "portable/probe").Graph;
        string pool = Run(smoke["world/pool"], WorldPoolStage.Output);
        string answers = Run(smoke["world/solve"], WorldSolveStage.Output, (WorldSolveStage.QuestionsRole, pool));

        // When
        string rows = Run(
            smoke["world/natural-reasoning"], NaturalReasoningStage.Output, (NaturalReasoningStage.QuestionsRole, pool),
            (NaturalReasoningStage.AnswersRole, answers));

        // Then
        Assert.Equal(ContentHash.OfFile(rows), ContentHash.OfFile(Path.Combine(Workbench.Repository, "questions", "smoke.jsonl")));
    }

    private string Run(Target target, string output, params (string Role, string Path)[] inputs)
    {
        StageContext context = new()
        {
            Parameters = target.Parameters,
            Inputs = inputs.ToDictionary(input => input.Role, input => input.Path),
            OutputFolder = _folder.CreateSubdirectory(target.StageName).FullName,
        };
        StageCatalog.Create(target.StageName).Run(context);
        return context.Output(output);
    }
}
