using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Experiments.Tests;

public sealed class PlannerTests
{
    // 7 of the world and their signals, 2 benchmarks and how near they are, 1 card, the pool as a file of NaturalReasoning; 3 of the base student; prompts of 2
    // modes and 2 benchmarks.
    private const int Shared = 10 + (2 * 2) + 3 + 4;

    [Fact]
    public void Should_PlanEachTargetOnce_When_CellsShareThem()
    {
        using Workbench bench = new();

        ExperimentPlan plan = bench.Plan();

        // 4 methods at 2 sizes and one System-1 row: 3 stages and 2 benchmarks answered and graded each; the base is only asked.
        Assert.Equal(Shared + (2 * (((4 * 2) + 1) * (3 + 4))) + (2 * 4) + 1, plan.Graph.Order.Count);
        Assert.Equal(("Ablation", "Ablation/table"), (plan.Tables[0].Name, plan.Tables[0].Address));
        Assert.Single(plan.Graph.Order, address => plan.Graph[address].StageName == "pretrain");
    }

    [Fact]
    public void Should_HaveTheOneFormOfAddress_When_ACellIsPlanned()
    {
        using Workbench bench = new();

        string[] cell =
            [.. bench.Plan().Graph.Order.Where(address => address.StartsWith("Ablation/ModelsDisagree/200/System2/seed2/", StringComparison.Ordinal))];

        Assert.Equal(
            ["compose", "fine-tune", "generate/Free", "generate/Hard", "grade/Free", "grade/Hard", "select"],
            cell.Select(address => address["Ablation/ModelsDisagree/200/System2/seed2/".Length..]).Order(StringComparer.Ordinal));
        Assert.Contains("Ablation/base/seed1/grade/Hard", bench.Plan().Graph.Order);
    }

    [Fact]
    public void Should_BindOnlyWhatItsMethodNeeds_When_ASelectionIsPlanned()
    {
        using Workbench bench = new();
        TargetGraph graph = bench.Plan().Graph;

        string[] Roles(string method) => [.. graph[$"Ablation/{method}/50/System2/seed1/select"].Inputs.Keys.Order(StringComparer.Ordinal)];

        Assert.Equal(["signals"], Roles("Random"));
        Assert.Equal(["clusters", "signals"], Roles("SemanticEmbeddings"));
        Assert.Equal(["judgements", "signals"], Roles("ModelsDisagree"));
        Assert.DoesNotContain("base/cluster", graph.Closure(["Ablation/Random/50/System2/seed1/grade/Hard"]));
    }

    [Fact]
    public void Should_BindJudgements_When_TheMixIsByDifficulty()
    {
        using Workbench bench = new();
        bench.Change("tables/Ablation.yaml", "mix: System1", "mix: [System1, Difficulty, Random0.4]");
        TargetGraph graph = bench.Plan().Graph;

        Assert.True(graph["Ablation/Random/200/Difficulty/seed1/compose"].Inputs.ContainsKey("judgements"));
        Assert.False(graph["Ablation/Random/200/Random0.4/seed1/compose"].Inputs.ContainsKey("judgements"));
        Assert.False(graph["Ablation/Random/200/Difficulty/seed1/select"].Inputs.ContainsKey("judgements"));
    }

    [Fact]
    public void Should_AskEachStudentItsOwnWay_When_NoModeIsGiven()
    {
        using Workbench bench = new();
        bench.Change("tables/Ablation.yaml", "mix: System1}", "mix: [System1, Random0.4], mode: direct}");
        TargetGraph graph = bench.Plan().Graph;

        string Prompts(string cell) => graph[$"Ablation/{cell}/seed1/generate/Hard"].Inputs["prompts"].TargetAddress;

        Assert.Equal("prompts/think/Hard", Prompts("base"));
        Assert.Equal("prompts/think/Hard", Prompts("Random/200/System2"));
        Assert.Equal("prompts/direct/Hard", Prompts("Random/200/System1"));
        Assert.Equal("prompts/direct/Hard", Prompts("Random/200/Random0.4-direct"));
    }

    [Fact]
    public void Should_DrawAnew_When_TheSeedIsAnother()
    {
        using Workbench bench = new();
        bench.Change("tables/Ablation.yaml", "sizes: largest, mix: System1", "label: RandomAgain, sizes: largest, seedOffset: 100");
        TargetGraph graph = bench.Plan().Graph;

        string Seed(string target) => graph[$"Ablation/{target}"].Parameters["seed"]!.GetValue<string>();

        foreach (string stage in new[] { "select", "compose", "fine-tune", "generate/Hard" })
        {
            Assert.Equal("tiny/2", Seed("Random/200/System2/seed2/" + stage));
            Assert.Equal("tiny/102", Seed("RandomAgain/200/System2/seed2/" + stage));
        }

        Assert.Equal("tiny/base", graph["base/pretrain"].Parameters["seed"]!.GetValue<string>());
    }

    [Fact]
    public void Should_PermuteOnlyTheControls_When_ARowAsksForIt()
    {
        using Workbench bench = new();
        bench.Change("tables/Ablation.yaml", "{methods: [Random], sizes: largest, mix: System1}", "{methods: all, except: [Random], permuteAnnotations: all}");
        TargetGraph graph = bench.Plan().Graph;

        Target control = graph["Ablation/ModelsDisagree-permuted/50/System2/seed1/select"];
        Target method = graph["Ablation/ModelsDisagree/50/System2/seed1/select"];

        Assert.Equal("all", (string)control.Parameters["permuteAnnotations"]!);
        Assert.False(method.Parameters.ContainsKey("permuteAnnotations"));
        Assert.Equal(method.Inputs, control.Inputs);
        Assert.DoesNotContain(graph.Order, address => address.Contains("Random-permuted", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("profiles/base.yaml", "replicates: [1, 2]", "replicates: [1, 2, 3]")]
    [InlineData("profiles/base.yaml", "  ModelsDisagree:\n", "  ModelsDisagree:\n  Topics:\n")]
    [InlineData("tables/Ablation.yaml", "mix: System1", "mix: [System1, Random0.4]")]
    public void Should_OnlyAddTargets_When_SomethingIsAdded(string file, string from, string to)
    {
        using Workbench bench = new();
        Dictionary<string, string> before = Spelled(bench.Plan());
        bench.Change(file, from, to);

        Dictionary<string, string> after = Spelled(bench.Plan());

        before.Remove("Ablation/table");
        Assert.True(after.Count > before.Count + 1);
        Assert.All(before, target => Assert.Equal(target.Value, after[target.Key]));
    }

    [Fact]
    public void Should_UseAThreadAShard_When_BatchesAreSharded()
    {
        using Workbench bench = new();
        Assert.Equal(1, bench.Plan().Graph["base/pretrain"].Resources.Threads);
        bench.Change("profiles/base.yaml", "pretraining:", "pretraining: # in parts\n  shards: 2");

        Target pretrain = bench.Plan().Graph["base/pretrain"];

        Assert.Equal(2, pretrain.Resources.Threads);
        Assert.Equal(2, (int)pretrain.Parameters["training"]!["shards"]!);
    }

    [Fact]
    public void Should_ChangeFineTuningAlone_When_AdaptersAreAskedFor()
    {
        using Workbench bench = new();
        TargetGraph before = bench.Plan().Graph;
        Assert.DoesNotContain(before.Order, address => before[address].Parameters["training"]?["lora"] is not null);
        bench.Change("profiles/base.yaml", "sft:", "sft: # adapters\n  lora: {rank: 8, alpha: 16, targets: [down_proj, q_proj]}");

        TargetGraph after = bench.Plan().Graph;

        Target[] tuned = [.. after.Order.Select(address => after[address]).Where(target => target.StageName == "fine-tune")];
        Assert.NotEmpty(tuned);
        Assert.All(
            tuned,
            target => Assert.Equal("""{"alpha":16,"rank":8,"targets":["q_proj","down_proj"]}""", CanonicalJson.Write(target.Parameters["training"]!["lora"])));
        Assert.Null(after["base/pretrain"].Parameters["training"]!["lora"]);
    }

    [Fact]
    public void Should_TellTheStage_When_ActivationsMayTakeMemory()
    {
        using Workbench bench = new();
        bench.Change("profiles/base.yaml", "sft:", "sft: # memory\n  activationCheckpointing: true\n  activationMemoryGb: 2.5");
        TargetGraph graph = bench.Plan().Graph;
        Target tuned = graph.Order.Select(address => graph[address]).First(target => target.StageName == "fine-tune");
        Assert.Equal(
            (true, 2.5), ((bool)tuned.Parameters["training"]!["activationCheckpointing"]!, (double)tuned.Parameters["training"]!["activationMemoryGb"]!));

        // Without activation checkpointing all are kept: a budget would be ignored.
        bench.Change("profiles/base.yaml", "  activationCheckpointing: true\n", "");
        Assert.Contains("is for 'activationCheckpointing: true'", Assert.Single(bench.Fails().Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_StopAtALevel_When_TheWorldIsASmallOne()
    {
        using Workbench bench = new();
        bench.Change("profiles/base.yaml", "count: 1000", "count: 1000, levels: 4");
        bench.Change("profiles/base.yaml", "Hard: {world: {count: ", "Hard: {world: {levels: 4, count: ");

        TargetGraph graph = bench.Plan().Graph;

        Assert.All(new[] { "world/pool", "world/corpus", "world/benchmark/Hard" }, address => Assert.Equal(4, (int)graph[address].Parameters["levels"]!));
        Assert.Null(graph["world/benchmark/Free"].Parameters["levels"]);
    }

    [Fact]
    public void Should_TurnTheTeacherAlone_When_StrategiesAreDecorative()
    {
        using Workbench bench = new();
        Assert.Null(bench.Plan().Graph["world/teach"].Parameters["strategies"]);

        bench.Change("profiles/base.yaml", "count: 1000", "count: 1000, strategies: functional");
        Assert.Null(bench.Plan().Graph["world/teach"].Parameters["strategies"]);

        bench.Change("profiles/base.yaml", "strategies: functional", "strategies: decorative");
        TargetGraph graph = bench.Plan().Graph;
        Assert.Equal("decorative", (string)graph["world/teach"].Parameters["strategies"]!);
        Assert.Equal(
            ["world/teach"],
            graph.Order.Where(address => address.StartsWith("world/", StringComparison.Ordinal) && graph[address].Parameters["strategies"] is not null));

        bench.Change("profiles/base.yaml", "strategies: decorative", "strategies: decorated");
        Assert.Contains("'strategies' cannot be 'decorated'", Assert.Single(bench.Fails().Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_TakeTheQuestionsWorld_When_BenchmarksAndCorpusNameNone()
    {
        using Workbench bench = new();
        TargetGraph graph = bench.Plan().Graph;
        string[] ofTheWorld = ["world/pool", "world/teach", "world/corpus", "world/tokenizer", "world/benchmark/Hard", "world/benchmark/Free"];
        Assert.All(ofTheWorld, address => Assert.Equal("tests", (string)graph[address].Parameters["seed"]!));

        bench.Change("profiles/base.yaml", "Free: {world: {", "Free: {world: {seed: other, ");
        bench.Change("profiles/base.yaml", "corpus: {world: {", "corpus: {world: {seed: third, levels: 2, ");
        graph = bench.Plan().Graph;

        Assert.Equal(["tests", "tests", "third", "third", "tests", "other"], ofTheWorld.Select(address => (string)graph[address].Parameters["seed"]!));
        Assert.Equal(2, (int)graph["world/corpus"].Parameters["levels"]!);
        Assert.Null(graph["world/pool"].Parameters["levels"]);
    }

    [Fact]
    public void Should_ReadTheDataByRole_When_RecordsAreMade()
    {
        using Workbench bench = new();
        TargetGraph graph = bench.Plan().Graph;

        string Inputs(string address) =>
            string.Join(' ', graph[address].Inputs.OrderBy(input => input.Key, StringComparer.Ordinal).Select(input => $"{input.Key}={input.Value}"));

        Assert.Equal("questions=world/pool:questions.jsonl", Inputs("world/solve"));
        Assert.Equal("questions=world/pool:questions.jsonl traces=world/teach:traces.jsonl", Inputs("world/annotate"));
        Assert.Equal("answers=world/solve:answers.jsonl questions=world/pool:questions.jsonl traces=world/teach:traces.jsonl", Inputs("data/judge"));
        Assert.Equal("corpus=world/corpus:corpus.jsonl tokenizer=world/tokenizer", Inputs("base/pretrain"));
    }

    [Fact]
    public void Should_OnlyAddTargets_When_ASizeIsAdded()
    {
        using Workbench bench = new();
        Dictionary<string, string> before = Spelled(bench.Plan());
        bench.Change("profiles/base.yaml", "sizes: [50, 200]", "sizes: [100, 50, 200]");
        bench.Change("profiles/base.yaml", "{50: 4, 200: 2}", "{50: 4, 200: 2, 100: 3}");

        Dictionary<string, string> after = Spelled(bench.Plan());

        before.Remove("Ablation/table");
        Assert.All(before, target => Assert.Equal(target.Value, after[target.Key]));
        Assert.Contains("\"epochs\":3", after["Ablation/Random/100/System2/seed1/fine-tune"], StringComparison.Ordinal);
    }

    [Fact]
    public void Should_SpellEqualParametersEqually_When_YamlIsWrittenOtherwise()
    {
        using Workbench bench = new();
        Dictionary<string, string> before = Spelled(bench.Plan());
        bench.Change("profiles/base.yaml", "learningRate: 0.001", "learningRate: 1.0e-3");
        bench.Change("profiles/base.yaml", "  hidden_size: 64\n  intermediate_size: 160", "  intermediate_size: 160 # wider\n  hidden_size: 64");

        Assert.Equal(before, Spelled(bench.Plan()));
    }

    [Fact]
    public void Should_DoTheSameWork_When_TwoTablesHaveACellInCommon()
    {
        TargetGraph graph = Planner.Plan(ExperimentLoader.Load(Workbench.Repository, "smoke")).Graph;

        string address = graph.Order.First(name =>
            name.StartsWith("Controls/Random/", StringComparison.Ordinal) && name.EndsWith("/System2/seed1/select", StringComparison.Ordinal));

        Target one = graph["Table1" + address["Controls".Length..]], other = graph[address];

        Assert.Equal(CanonicalJson.Write(one.Parameters), CanonicalJson.Write(other.Parameters));
        Assert.Equal(one.Inputs, other.Inputs);
    }

    // 8 methods and Random with more replicates at 2 sizes, and one System-1 row: 3 stages, 4 benchmarks answered and graded; the base student; 7 of the world
    // and their signals, 4 benchmarks, 3 of the base student, 8 prompts; the table.
    [Theory]
    [InlineData("smoke", (((2 * ((8 * 2) + 1)) + (3 * 2)) * 11) + (2 * 8) + 23 + 1)]
    [InlineData("mini", (((8 * ((8 * 2) + 1)) + (20 * 2)) * 11) + (8 * 8) + 23 + 1)]
    public void Should_HaveManyTargets_When_TheTableIsTable1(string profile, int count)
    {
        ExperimentPlan plan = Planner.Plan(ExperimentLoader.Load(Workbench.Repository, profile));

        Assert.Equal(count, plan.Graph.Closure(["Table1/table"]).Count);
    }

    [Fact]
    public void Should_SayWhatACellIs_When_ItIsDescribed()
    {
        using Workbench bench = new();
        ExperimentPlan plan = bench.Plan();

        Assert.Equal("50 questions by VerbosityLow, mix System2, asked in mode think", plan.Describe("Ablation/VerbosityLow/50/System2"));
        Assert.Equal("A small table", plan.Describe("Ablation"));
        Assert.NotEmpty(plan.Describe("world"));
        Assert.Empty(plan.Describe("nothing"));
        Assert.Equal("tiny", plan.Profile);
    }

    private static Dictionary<string, string> Spelled(ExperimentPlan plan) => plan.Graph.Order.ToDictionary(
        address => address,
        address => plan.Graph[address].StageName + CanonicalJson.Write(plan.Graph[address].Parameters)
            + string.Join(';', plan.Graph[address].Inputs.OrderBy(input => input.Key, StringComparer.Ordinal)));
}
