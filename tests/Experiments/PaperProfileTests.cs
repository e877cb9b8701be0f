using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Costs;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>The profiles paper-* as a dry run plans them: without the models and without anybody's data.</summary>
public sealed class PaperProfileTests
{
    [Theory]
    [InlineData("paper-llama", "Table1", 0.6, 0.95)]
    [InlineData("paper-llama-lora", "Table1", 0.6, 0.95)]
    [InlineData("paper-qwen", "Table2", 0.7, 1.0)]
    [InlineData("paper-qwen-lora", "Table2", 0.7, 1.0)]
    public void Should_HoldThePapersRecipeAndFitIntoOneGpu_When_AProfileIsBound(string profile, string table, double temperature, double topP)
    {
        (ExperimentSet experiments, ExperimentPlan plan, _) = Plan(profile);
        TargetGraph graph = plan.Graph;
        ModelConfig model = ModelConfig.FromJson(experiments.Profile.Costs!.Shape, profile);

        Target[] trainings = [.. graph.Closure([table + "/table"]).Select(address => graph[address]).Where(target => target.StageName == "fine-tune")];
        Assert.NotEmpty(trainings);
        Assert.All(trainings, target =>
        {
            TrainingOptions options = StageParameters.Read<TrainingOptions>(target.Parameters["training"]!.AsObject());
            Assert.Empty(options.Check());
            Assert.Equal(
                (2e-5, 0.1, "constant", 400_000, 16_384, 0.0),
                (options.LearningRate, options.WeightDecay, options.Schedule, options.BatchTokens, options.MaxTokens, options.ClipNorm));
            Assert.Equal(
                int.Parse(target.Address.Split('/')[2], System.Globalization.CultureInfo.InvariantCulture) switch { 1000 => 10, 10_000 => 6, _ => 8 },
                options.Epochs);
            Assert.Equal(profile.EndsWith("-lora", StringComparison.Ordinal), options.Lora is not null);

            // An H100 with 80 GB has 85.5 GB in powers of ten (81,559 MiB); some of it is the device's own.
            Assert.InRange(MemoryEstimate.Of(model, options).Peak, 20e9, 80e9);
        });

        Target generate = graph.Order.Select(address => graph[address]).First(target => target.StageName == "generate");
        Assert.Equal(
            (temperature, topP, 16_384, "bf16"),
            ((double)generate.Parameters["temperature"]!, (double)generate.Parameters["topP"]!, (int)generate.Parameters["maxNewTokens"]!,
                (string)generate.Parameters["precision"]!));
        Assert.Equal([24, 16, 1, 1], experiments.Profile.Benchmarks.Select(benchmark => benchmark.Seeds));
        Assert.Equal(24, graph[$"{table}/base/seed1/measure/GPQA-Diamond"].Inputs.Keys.Count(role => role.StartsWith("grades/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Should_HoldThePapersThresholds_When_MethodsSelect()
    {
        IReadOnlyList<MethodSettings> methods = Plan("paper-llama").Experiments.Profile.Methods;

        MethodSettings Method(string name) => methods.Single(method => method.Name == name);
        Assert.Equal((5000, 2.5), (Method("LongReasoning").Options.LongReasoning!.C, Method("LongReasoning").Options.LongReasoning!.Tau));
        Selection.ReasoningStrategiesOptions strategies = Method("ReasoningStrategies").Options.ReasoningStrategies!;
        Assert.Equal((4, 8), (strategies.MinStrategies, strategies.MaxStrategies));
    }

    [Theory]
    [InlineData("paper-llama", "Table1", 13, 13)]
    [InlineData("paper-qwen", "Table2", 5, 1)]
    [InlineData("paper-70b", "Table3", 2, 1)]
    [InlineData("paper-llama", "Table4", 17, 5)]
    public void Should_SetOursBesideThePapers_When_ATableIsThePapers(string profile, string name, int cells, int beside)
    {
        TableSettings table = Plan(profile).Experiments.Tables.Single(table => table.Name == name);

        Assert.Equal(cells, table.Cells.Count);
        Assert.Equal(beside, table.Paper!.Rows.Count(row => row.Cell is not null));
        Assert.Equal(table.Paper.Columns.Count, table.Paper.Of!.Count);
    }

    [Fact]
    public void Should_HaveItsOwnTables_When_AProfileNamesThem()
    {
        IReadOnlyList<TableSettings> paper = Plan("paper-llama").Experiments.Tables, mini = ExperimentLoader.Load(Workbench.Repository, "mini").Tables;

        Assert.Contains(mini.Single(table => table.Name == "Table1").Cells, cell => cell.Address == "Random/1000/System1");
        Assert.DoesNotContain(paper.Single(table => table.Name == "Table1").Cells, cell => cell.Mix == "System1");
        Assert.DoesNotContain(mini, table => table.Name == "Scaling");
        Assert.NotEqual(paper.Single(table => table.Name == "Table4").Cells.Count, mini.Single(table => table.Name == "Table4").Cells.Count);
        Assert.Equal(["Phrasings", "Scaling", "Table1", "Table4"], paper.Select(table => table.Name));
        Assert.Contains(Plan("paper-world").Experiments.Tables.Single(table => table.Name == "Table1").Cells, cell => cell.Address == "Topics/1000/System2");
    }

    [Fact]
    public void Should_NameWhatIsMissing_When_APlanIsLookedAt()
    {
        List<UserError> missing = Plan("paper-llama").Missing;

        Assert.Contains(missing, lack => lack.Message.Contains("Llama-3.1-8B-Instruct", StringComparison.Ordinal));
        Assert.Contains(
            missing,
            lack => lack.Message.Contains("gpqa_diamond.csv", StringComparison.Ordinal) && lack.Hint!.Contains("Idavidrein/gpqa", StringComparison.Ordinal));
        Assert.Equal(missing.Count, missing.DistinctBy(lack => lack.Message).Count());
    }

    [Fact]
    public void Should_RefuseThem_When_APlanIsToRun() =>
        Assert.Contains(
            "There is no folder", Assert.Throws<UserErrorException>(() => ExperimentLoader.Load(Empty(), "paper-llama")).Message, StringComparison.Ordinal);

    [Fact]
    public void Should_HaveThemAsWell_When_AProfileExtendsOneOfThem()
    {
        using Workbench bench = new();
        bench.Lay(Workbench.Repository);
        bench.Write("profiles/mine.yaml", "extends: paper-llama.yaml\nname: mine\n");

        ExperimentSet mine = ExperimentLoader.Load(new ExperimentFiles(Path.Combine(bench.Root, "experiments")) { Missing = new List<UserError>() }, "mine");

        Assert.Contains(mine.Tables, table => table.Name == "Table1" && table.Paper!.Of is not null);

        // Two tables of one name would share addresses.
        bench.Write("tables/Table1.paper.yaml", File.ReadAllText(Path.Combine(Workbench.Repository, "tables", "Table1.paper-llama.yaml")));
        UserErrorException error = Assert.Throws<UserErrorException>(() =>
            ExperimentLoader.Load(new ExperimentFiles(Path.Combine(bench.Root, "experiments")) { Missing = new List<UserError>() }, "mine"));
        Assert.Contains("The profile has two tables 'Table1'", error.Message, StringComparison.Ordinal);
    }

    // The repository's experiments as a checkout would have them that lacks models and data.
    [Fact]
    public void Should_CallTheTeacherTheAnnotatorAndTheJudge_When_TheDataAreReal()
    {
        ExperimentPlan plan = Plan("paper-llama-real").Plan;
        TargetGraph graph = plan.Graph;

        IReadOnlyList<string> table = graph.Closure(["Table1/table"]);
        Assert.Equal(
            ["annotate 64", "judge-model 16", "teach 64"],
            table.Where(address => StageCatalog.Create(graph[address].StageName).Description.CallsModels).GroupBy(address => graph[address].StageName)
                .Select(group => $"{group.Key} {group.Count()}").Order(StringComparer.Ordinal));
        Assert.DoesNotContain(table, address => address.StartsWith("world/", StringComparison.Ordinal));
        Assert.Equal("import-answers", graph["data/second"].StageName);
        double Calls(string stage) =>
            table.Select(address => graph[address]).Where(target => target.StageName == stage).Sum(target => plan.CostModel!.Of(target).Calls);
        Assert.Equal((1_100_000, 2_200_000, 1_100_000), (Calls("teach"), Calls("annotate"), Calls("judge-model")));
        Assert.Equal(new TargetInput("data/clean", "questions.jsonl"), graph["data/traces/shard63"].Inputs["questions"]);
    }

    private static ExperimentFiles Empty(ICollection<UserError>? missing = null) =>
        new(Workbench.Repository, root: "/no/checkout", data: "/no/data") { Missing = missing };

    private static (ExperimentSet Experiments, ExperimentPlan Plan, List<UserError> Missing) Plan(string profile)
    {
        List<UserError> missing = [];
        ExperimentSet experiments = ExperimentLoader.Load(Empty(missing), profile);
        return (experiments, Planner.Plan(experiments, "native/probe", path => ContentHash.OfText(path)), missing);
    }
}
