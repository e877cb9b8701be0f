using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>The keys of training with held-out examples, from YAML to the stages.</summary>
public sealed class HeldOutTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Should_ReachTheStage_When_AProfileHoldsExamplesOut()
    {
        TargetGraph before = _bench.Plan().Graph;
        Assert.All(before.Order, address => Assert.DoesNotContain("heldOut", CanonicalJson.Write(before[address].Parameters), StringComparison.Ordinal));
        _bench.Change("profiles/base.yaml", "sft:", "sft: # measured\n  heldOut: 0.1\n  evaluateEvery: 20\n  keep: best");
        TargetGraph after = _bench.Plan().Graph;
        JsonNode[] trainings =
            [.. after.Order.Where(address => after[address].StageName == "fine-tune").Select(address => after[address].Parameters["training"]!)];
        Assert.NotEmpty(trainings);
        Assert.All(
            trainings, training => Assert.Equal((0.1, 20, "best"), ((double)training["heldOut"]!, (int)training["evaluateEvery"]!, (string?)training["keep"])));
        Assert.Equal(CanonicalJson.Write(before["base/pretrain"].Parameters), CanonicalJson.Write(after["base/pretrain"].Parameters));

        // 0 and the default take the keys away again.
        _bench.Change("profiles/base.yaml", "heldOut: 0.1\n  evaluateEvery: 20\n  keep: best", "heldOut: 0\n  keep: last");
        TargetGraph off = _bench.Plan().Graph;
        Assert.All(off.Order, address => Assert.Equal(CanonicalJson.Write(before[address].Parameters), CanonicalJson.Write(off[address].Parameters)));
    }

    [Fact]
    public void Should_ReachPretrainingAlone_When_ItHoldsExamplesOut()
    {
        _bench.Change("profiles/base.yaml", "pretraining:", "pretraining: # measured\n  heldOut: 0.01");
        TargetGraph graph = _bench.Plan().Graph;
        Assert.Equal(["base/pretrain"], graph.Order.Where(address => graph[address].Parameters["training"]?["heldOut"] is not null));
    }

    [Fact]
    public void Should_TellTheMatch_When_ARowTrainsAsMuchAsAnother()
    {
        _bench.Write("tables/Ablation.yaml", """
            name: Ablation
            title: A small table
            description: Equal training.
            baseline: Random
            class: pinned
            rows:
              - {methods: [Random], sizes: largest}
              - {methods: [VerbosityLow], sizes: largest, match: tokens}
            """);
        Assert.Null(Match()["heldOut"]);
        _bench.Change("profiles/base.yaml", "sft:", "sft: # measured\n  heldOut: 0.1");
        Assert.Equal(0.1, (double)Match()["heldOut"]!);

        JsonNode Match() => _bench.Plan().Graph["Ablation/VerbosityLow/200/System2-tokens/seed1/select"].Parameters["match"]!;
    }

    [Theory]
    [InlineData("heldOut: 1", "12", "'heldOut' is 1, which is out of range.")]
    [InlineData("heldOut: -0.1", "12", "'heldOut' is -0.1, which is out of range.")]
    [InlineData("heldOut: some", "12", "'heldOut' must be a finite number")]
    [InlineData("keep: first", "9", "'keep' cannot be 'first'.")]
    [InlineData("keep: best", "9", "'keep: best' needs the loss on held-out examples, but none are held out.")]
    [InlineData("evaluateEvery: 5", "18", "'evaluateEvery' needs the loss on held-out examples, but none are held out.")]
    [InlineData("evaluateEvery: 0", "18", "'evaluateEvery' is 0, which is out of range.")]
    public void Should_SayWhere_When_AKeyIsWrong(string key, string column, string message)
    {
        string file = File.ReadAllText(Path.Combine(_bench.Root, "experiments", "profiles", "base.yaml"));
        int line = file.Split('\n').ToList().IndexOf("sft:") + 2;
        _bench.Change("profiles/base.yaml", "sft:", "sft: # measured\n  " + key);
        UserError error = _bench.Fails().Errors[0];
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"profiles/base.yaml:{line}:{column}", error.Location, StringComparison.Ordinal);
    }
}
