using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation;
using NaturalThoughts.MiniWorld;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Reporting;
using NaturalThoughts.Selection;
using NaturalThoughts.Student.Generation;
using NaturalThoughts.Student.Stages;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>The plan against the stages: roles, files and parameters must fit.</summary>
public sealed class StageContractTests
{
    private static readonly TargetGraph Graph = Planner.Plan(ExperimentLoader.Load(Workbench.Repository, "mini"), "portable/probe").Graph;

    private static IEnumerable<Target> Targets => Graph.Order.Select(address => Graph[address]);

    [Fact]
    public void Should_BindEveryRole_When_AStageNeedsIt()
    {
        Assert.All(Targets, target =>
        {
            StageDescription stage = StageCatalog.Create(target.StageName).Description;
            Assert.Empty(stage.Inputs.Except(target.Inputs.Keys));
            if (stage.Name is not ("table" or "findings" or "clean" or "nearest"))
            {
                Assert.Empty(target.Inputs.Keys.Except([.. stage.Inputs, .. stage.OptionalInputs]));
            }

            Assert.Equal(stage.UsesTensors, target.Resources.UsesTensors);
        });
    }

    [Fact]
    public void Should_BindFilesThatAreWritten_When_TargetsReadThem()
    {
        Assert.All(Targets.SelectMany(target => target.Inputs.Values).Where(input => input.File is not null), input =>
            Assert.Contains(input.File!, Outputs(Graph[input.TargetAddress])));

        // Closed thoughts have a file for each budget of their parameters.
        static IEnumerable<string> Outputs(Target target) => StageCatalog.Create(target.StageName).Description.Outputs
            .Concat(
                target.StageName == CloseThinkingStage.Name
                    ? Context(target.Parameters).Options<CloseThinkingOptions>().Budgets.Select(CloseThinkingStage.AnswersOf)
                    : []);
    }

    [Fact]
    public void Should_BeUnderstood_When_ParametersReachTheirStage()
    {
        Dictionary<string, Func<StageContext, IReadOnlyList<UserError>>> readers = new(StringComparer.Ordinal)
        {
            ["close-thinking"] = context => context.Options<CloseThinkingOptions>().Check(),
            ["cluster"] = context => context.Options<ClusterOptions>().Validate(),
            ["compose"] = context => [.. Fine(Mix.Parse(context.Options<ComposeOptions>().Mix)), .. context.Options<ComposeOptions>().Validate()],
            ["clean"] = context => [.. context.Options<Sources.Cleaning.CleanOptions>().Validate()],
            ["embed"] = context => Fine(context.Parameters.All(parameter => parameter.Key is "batchTokens" or "pooling")),
            ["example-lengths"] = context => Fine(context.Parameters.Select(parameter => parameter.Key).SequenceEqual(["think", "direct", "maxTokens"])),
            ["findings"] = context => Fine(context.Options<Reporting.Findings.FindingsOptions>()),
            ["fine-tune"] = context => With(context, "training").Options<TrainingOptions>().Check(),
            ["generate"] = context => context.Options<GenerationOptions>().Check(),
            ["grade"] = context => context.Options<GradeOptions>().Validate(),
            ["grade-traces"] = context => context.Options<GradeOptions>().Validate(),
            ["keep-questions"] = context => Fine(context.Options<Evaluation.CommonQuestions.KeepQuestionsOptions>()),
            ["pretrain"] = Pretrain,
            ["prompts"] = context => Fine(context.Options<PromptsOptions>()),
            ["select"] = context => context.Options<SelectOptions>().Validate(),
            ["table"] = context => Fine(context.Options<TableOptions>()),
            ["write-natural-reasoning"] = context => Fine(context.Options<Sources.Questions.NaturalReasoningOptions>()),
            ["world-benchmark"] = context => Fine(context.Options<WorldBenchmarkOptions>()),
            ["world-card"] = context => Fine(context.Options<WorldCardOptions>()),
            ["world-corpus"] = context => Fine(context.Options<WorldCorpusOptions>()),
            ["world-pool"] = context => Fine(context.Options<WorldPoolOptions>()),
            ["world-teach"] = context => Fine(context.Options<WorldTeachOptions>()),
            ["world-tokenizer"] = context => Fine(context.Options<WorldTokenizerOptions>()),
        };

        foreach (Target target in Targets)
        {
            if (readers.TryGetValue(target.StageName, out Func<StageContext, IReadOnlyList<UserError>>? read))
            {
                Assert.Empty(read(Context(target.Parameters)));
            }
            else
            {
                Assert.Empty(target.Parameters);
            }
        }
    }

    [Fact]
    public void Should_BindTheRolesOfEveryCell_When_ATableReadsItsGrades()
    {
        Target table = Graph["Table1/table"];
        TableOptions options = Context(table.Parameters).Options<TableOptions>();

        foreach (TableCell cell in options.Cells)
        {
            foreach (int seed in cell.Seeds)
            {
                Assert.All(options.Benchmarks, benchmark => Assert.Equal(
                    new TargetInput($"Table1/{cell.Address}/seed{seed}/grade/{benchmark.Name}", "grades.jsonl"),
                    table.Inputs[TableRoles.Grades(cell.Address, benchmark.Name, seed)]));
                Assert.Equal(cell.Method is not null, table.Inputs.ContainsKey(TableRoles.Selected(cell.Address, seed)));
                Assert.Equal(cell.Method is not null, table.Inputs.ContainsKey(TableRoles.Report(cell.Address, seed)));
            }
        }

        Assert.Equal(["base", "Random/250/System2"], options.Cells.Take(2).Select(cell => cell.Address));
        Assert.Equal("Random/1000/System2", options.Cells.Single(cell => cell.Mix == "System1").Baseline);
        Assert.Equal(["37.6 (0.6)", "61.3", "57.8", "28.8"], options.Paper!.Rows.Single(row => row.Row == "NT Random 10k").Values);
        Assert.Equal(["32.7 (0.5)", null, null, null], options.Paper.Rows.Single(row => row.Row == "NT Topics 10k").Values);
        Assert.Equal("portable/probe", options.Probe);
    }

    [Fact]
    public void Should_NameEachStageAsItself_When_TheCatalogueCreatesIt()
    {
        Assert.All(StageCatalog.Names, name => Assert.Equal(name, StageCatalog.Create(name).Description.Name));
        Assert.Equal("NaturalThoughts.Selection", StageCatalog.LibraryOf("select"));
        Assert.Equal("Did you mean 'select'?", Assert.Throws<UserErrorException>(() => StageCatalog.Create("selekt")).Errors[0].Hint);
    }

    private static IReadOnlyList<UserError> Pretrain(StageContext context)
    {
        JsonObject student = context.Parameters["student"]!.DeepClone().AsObject();
        student["vocab_size"] = 100;
        ModelConfig.FromJson(student, "student");
        return With(context, "training").Options<TrainingOptions>().Check();
    }

    private static StageContext With(StageContext context, string part) => Context(context.Parameters[part]!.AsObject());

    private static StageContext Context(JsonObject parameters) =>
        new() { Parameters = parameters, Inputs = new Dictionary<string, string>(), OutputFolder = "." };

    private static IReadOnlyList<UserError> Fine<T>(T value)
    {
        Assert.NotNull(value);
        return [];
    }
}
