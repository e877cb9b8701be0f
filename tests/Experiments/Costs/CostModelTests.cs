using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Costs;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Experiments.Tests.Costs;

/// <summary>Predictions against counts by hand, on the tests' small profile.</summary>
public sealed class CostModelTests : IDisposable
{
    private const string Costs = """
        costs:
          device: {name: toy, trainingTflops: 1.0e-6, generationTflops: 1.0e-6, secondsPerTarget: 3, rowsPerSecond: 10, pricePerHour: 3600}
          shape: {vocab_size: 100}
          tokens: {prompt: 10, system2: 40, system1: 4, corpus: 20, answer: 30, answers: {Hard: 50}, bytes: 5}
          calls: {teach: {calls: 2, input: 100, output: 1000, inputPrice: 1, outputPrice: 10}}

        """;

    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Should_CountTrainedTokens_When_AStudentIsMade()
    {
        (CostModel model, TargetGraph graph) = Model();

        Assert.Equal(100 * 20, model.Of(graph["base/pretrain"]).Trained);
        Assert.Equal(50 * 4 * 50, model.Of(graph["Ablation/Random/50/System2/seed1/fine-tune"]).Trained);
        Assert.Equal(200 * 2 * 14, model.Of(graph["Ablation/Random/200/System1/seed1/fine-tune"]).Trained);
    }

    [Fact]
    public void Should_TakeTheMixesShare_When_SomeExamplesAreSystem1()
    {
        _bench.Change("tables/Ablation.yaml", "mix: System1", "mix: [Random0.5, Difficulty]");
        (CostModel model, TargetGraph graph) = Model();

        Assert.Equal(200 * 2 * (10 + (0.5 * 40) + (0.5 * 4)), model.Of(graph["Ablation/Random/200/Random0.5/seed1/fine-tune"]).Trained, 1e-6);
        Assert.Equal(200 * 2 * (10 + (0.64 * 40) + (0.36 * 4)), model.Of(graph["Ablation/Random/200/Difficulty/seed1/fine-tune"]).Trained, 1e-6);
    }

    [Fact]
    public void Should_TrainOnAsManyTokens_When_AMixIsMatchedWithTraces()
    {
        _bench.Change("tables/Ablation.yaml", "mix: System1", "mix: [System2, Random0.5], match: tokens");
        (CostModel model, TargetGraph graph) = Model();

        Assert.Equal(200 * 2 * 50, model.Of(graph["Ablation/Random/200/Random0.5-tokens/seed1/fine-tune"]).Trained, 1e-6);
    }

    [Fact]
    public void Should_DivideOperationsBySpeed_When_TargetsTakeTime()
    {
        (CostModel model, TargetGraph graph) = Model();
        ModelSize size = ModelSize.Of(_bench.Load().Profile.Costs!.Shape)!;

        TargetCost cost = model.Of(graph["Ablation/Random/50/System2/seed1/fine-tune"]);

        // A million operations a second, three seconds beside, a dollar a second.
        Assert.Equal((10_000 * size.Training(50, frozen: false) / 1e6) + 3, cost.DeviceSeconds, 1e-6);
        Assert.Equal(cost.DeviceSeconds, cost.Money, 1e-6);
        Assert.Equal(size.Parameters * 4, cost.Bytes);
    }

    [Fact]
    public void Should_TrainOnLessAndReadTheRest_When_ExamplesAreHeldOut()
    {
        _bench.Change("profiles/base.yaml", "sft:", "sft: # measured\n  heldOut: 0.2");
        (CostModel model, TargetGraph graph) = Model();
        ModelSize size = ModelSize.Of(_bench.Load().Profile.Costs!.Shape)!;

        TargetCost cost = model.Of(graph["Ablation/Random/50/System2/seed1/fine-tune"]);

        // Four epochs of 40 examples of 50 tokens, and after each the other ten.
        Assert.Equal(8000, cost.Trained, 1e-6);
        Assert.Equal((((8000 * size.Training(50, frozen: false)) + (2000 * size.Forward(25))) / 1e6) + 3, cost.DeviceSeconds, 1e-6);
    }

    [Theory]
    [InlineData("Ablation/base/seed1/generate/Hard", 10 * 50)]
    [InlineData("Ablation/base/seed1/generate/Free", 10 * 30)]
    [InlineData("Ablation/Random/200/System1/seed1/generate/Free", 10 * 4)]
    public void Should_TakeTheBenchmarksLength_When_QuestionsAreAnswered(string address, double tokens)
    {
        (CostModel model, TargetGraph graph) = Model();

        Assert.Equal(tokens, model.Of(graph[address]).Generated);
    }

    [Fact]
    public void Should_CloseTheThoughtsThatAreLonger_When_BudgetsAreGiven()
    {
        _bench.Change("tables/Ablation.yaml", "class: pinned\n", "class: pinned\ncolumns: [modes, closed]\n");
        (CostModel model, TargetGraph graph) = Model("modes: {scale: 120, budgets: [8], closed: [0, 15, 100], answerTokens: 9}\n");

        // Thoughts have 30 tokens on average, so 60 at most: all are longer than 0, three quarters than 15, none than 100. Ten questions, four tokens each.
        Assert.Equal(10 * 1.75 * 4, model.Of(graph["Ablation/base/seed1/close/Free"]).Generated, 1e-6);
    }

    [Fact]
    public void Should_CountEachRepeatOnce_When_QuestionsAreAnsweredSeveralTimes()
    {
        (CostModel model, TargetGraph graph) = Model("benchmarks: {Hard: {seeds: 3}}\n");

        Assert.Equal(
            3 * 10 * 50,
            graph.Order.Where(address => address.StartsWith("Ablation/base/seed1/generate/Hard", StringComparison.Ordinal))
                .Sum(address => model.Of(graph[address]).Generated));

        // 30 grades of prompt and answer, at 5 bytes a token.
        Assert.Equal(30 * 60 * 5, model.Of(graph["Ablation/base/seed1/measure/Hard"]).Bytes);
    }

    [Fact]
    public void Should_PriceCalls_When_AStageAsksAModel()
    {
        (CostModel model, TargetGraph graph) = Model();
        Target teach = new("data/traces", "teach")
        {
            Inputs = new Dictionary<string, TargetInput>(StringComparer.Ordinal)
            {
                ["questions"] = new(graph["world/teach"].Inputs["questions"].TargetAddress, "questions.jsonl"),
            },
        };

        TargetCost cost = model.Of(teach with { Address = "world/teach" });

        // 1,000 questions, two calls each: 100 tokens of prompt at a dollar, 1,000 of reply at ten dollars a million.
        Assert.Equal(2000, cost.Calls);
        Assert.Equal(2000 * (100 + 10_000) / 1e6, cost.Money, 1e-9);
    }

    [Fact]
    public void Should_PredictNothing_When_TheProfileSaysNothing() => Assert.Null(_bench.Plan().CostModel);

    [Theory]
    [InlineData("trainingTflops: 1.0e-6, ", "", "The key 'trainingTflops' is missing")]
    [InlineData("teach:", "teech:", "No stage 'teech' calls models.")]
    [InlineData("prompt: 10", "prompt: -1", "out of range")]
    [InlineData("vocab_size", "vocabulary", "There is no key 'vocabulary'")]
    public void Should_SayWhatIsWrong_When_CostsAreDescribedOddly(string from, string to, string message)
    {
        _bench.Write("profiles/tiny.yaml", "extends: base.yaml\nname: tiny\n" + Costs.Replace(from, to, StringComparison.Ordinal));

        Assert.Contains(message, _bench.Fails().Message, StringComparison.Ordinal);
    }

    private (CostModel Model, TargetGraph Graph) Model(string more = "")
    {
        _bench.Write("profiles/tiny.yaml", "extends: base.yaml\nname: tiny\n" + Costs + more);
        ExperimentPlan plan = _bench.Plan();
        return (plan.CostModel!, plan.Graph);
    }
}
