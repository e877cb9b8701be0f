using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Code;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Keys;
using NaturalThoughts.Pipeline.Planning;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;
using static NaturalThoughts.Pipeline.Tests.Bench;

namespace NaturalThoughts.Pipeline.Tests.Planning;

public sealed class ExplainerTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Should_NameTheParameter_When_OneChanged()
    {
        Target[] Plan(string text) => [Source("s", text), From("u", "upper", "s"), From("end", "join", "u", "u")];
        Assert.Equal(
            ["WillRun the stage 'source' was never run", "WillRun the stage 'upper' was never run", "WillRun the stage 'join' was never run"],
            Explain(Plan("x"), "end"));
        await _bench.RunAsync(Plan("x"), "end");

        Assert.Equal(["Hit up to date", "Hit up to date", "Hit up to date"], Explain(Plan("x"), "end"));
        Assert.Equal(
            ["WillRun parameters.text: \"x\" -> \"y\"", "MayRun if the output of s changes", "MayRun if the output of u changes"], Explain(Plan("y"), "end"));
    }

    [Fact]
    public async Task Should_NotRunWhatIsSaidToBeHit_When_ThePlanRuns()
    {
        Target[] Plan(string text) => [Source("s", text), Source("t", "t"), From("u", "upper", "s"), From("v", "upper", "t"), From("end", "join", "u", "v")];
        await _bench.RunAsync(Plan("x"), "end");
        _bench.Code["join"] = "v2";
        string[] explained = Explain(Plan("X"), "end");
        RunReport report = await _bench.RunAsync(Plan("X"), "end");

        // u gives the same bytes again; end runs for its code.
        Assert.Equal(["WillRun", "Hit", "MayRun", "Hit", "WillRun"], explained.Select(text => text.Split(' ')[0]));
        Assert.Equal(["s", "u", "end"], report.With(TargetOutcome.Ran).Select(r => r.Address));
    }

    [Fact]
    public async Task Should_CompareWithTheNearestRun_When_SeveralWereMade()
    {
        Target Two(string address, string a, int b) => new(address, "source") { Parameters = new JsonObject { ["text"] = a, ["b"] = b } };
        await _bench.RunAsync([Two("t/1", "x", 1)], "t/1");
        await _bench.RunAsync([Two("t/1", "y", 2)], "t/1");

        Assert.Equal(["WillRun parameters.text: \"x\" -> \"z\""], Explain([Two("t/1", "z", 1)], "t/1"));
        Assert.Equal(["WillRun never run here; against t/1: parameters.b: 2 -> 3"], Explain([Two("t/2", "y", 3)], "t/2"));
    }

    [Fact]
    public async Task Should_NameTheType_When_TheCodeChanged()
    {
        CodeIdentity before = Identity("one"), after = Identity("two");
        KeyContext Keys(CodeIdentity code) => new(_ => code.DigestOf("NaturalThoughts.Tiny"));
        TargetGraph graph = new([Source("s", "x")]);
        using ObjectStore store = _bench.Open();
        store.KeepCode(before.Libraries.Single());
        RunSettings settings =
            new() { Store = store, Keys = Keys(before), Catalog = _bench.Catalog, Executor = new Pipeline.Execution.InProcessExecutor(_bench.Catalog) };
        await new Scheduler(settings).RunAsync(graph, ["s"]);

        Explanation explanation = Assert.Single(new Explainer(graph, store, Keys(after), after).Explain(["s"]));
        Assert.Equal("code: type Tiny.Grader changed, package P/1 added", explanation.Reason);
    }

    [Fact]
    public async Task Should_SeeLostOutputs_When_SomethingNeedsThem()
    {
        Target[] plan = [Source("s", "x"), From("u", "upper", "s"), From("end", "join", "u", "s")];
        RunReport report = await _bench.RunAsync(plan, "end");
        File.Delete(_bench.ObjectPath(report["u"].Record!.Outputs["data.txt"]));

        Assert.Equal(["Hit", "Hit", "Hit"], Explain(plan, "end").Select(text => text.Split(' ')[0]));
        Assert.Equal(["Hit up to date", "WillRun its output 'data.txt' is gone from the store"], Explain(plan, "u"));
        _bench.Code["join"] = "v2";
        Assert.Equal(["Hit", "WillRun", "WillRun"], Explain(plan, "end").Select(text => text.Split(' ')[0]));
    }

    [Fact]
    public void Should_EstimateFromTheNearestRuns_When_TheTargetIsNew()
    {
        ContentHash small = CanonicalJson.Hash(new JsonObject { ["n"] = 1 });
        RunSummary Run(string address, double seconds, ContentHash parameters) =>
            new(ContentHash.OfText(address), "train", parameters, default, seconds, (long)(seconds * 10), 5, address);
        RunEstimator estimator = new(
        [
            Run("T/Random/250/seed1", 2, small), Run("T/Random/1000/seed1", 8, default), Run("T/Random/1000/seed2", 9, default),
            Run("T/Random/1000/seed3", 10, default), Run("T/Long/1000/seed1", 20, default),
        ]);
        Target At(string address, int n = 2) => new(address, "train") { Parameters = new JsonObject { ["n"] = n } };

        Assert.Equal(new RunEstimate(9, 90, 5, EstimateBasis.SameStage), estimator.Of(At("T/Random/1000/seed4")));
        Assert.Equal(new RunEstimate(10, 100, 5, EstimateBasis.SameAddress), estimator.Of(At("T/Random/1000/seed3")));
        Assert.Equal(new RunEstimate(2, 20, 5, EstimateBasis.SameParameters), estimator.Of(At("T/Random/1000/seed4", 1)));
        Assert.Equal(EstimateBasis.None, estimator.Of(new Target("x", "other")).Basis);
    }

    private static CodeIdentity Identity(string grader) => new([new LibraryIdentity
    {
        Name = "NaturalThoughts.Tiny",
        Types =
            new(StringComparer.Ordinal) { ["NaturalThoughts.Tiny/Tiny.Grader"] = ContentHash.OfText(grader), ["NaturalThoughts.Tiny/Tiny.Other"] = default },
        Packages = grader == "two" ? new(StringComparer.Ordinal) { ["P/1"] = "hash" } : new(StringComparer.Ordinal),
        References = [],
    }]);

    private string[] Explain(Target[] plan, string request)
    {
        using ObjectStore store = _bench.Open();
        return [.. new Explainer(new TargetGraph(plan), store, _bench.Keys).Explain([request]).Select(e => $"{e.Verdict} {e.Reason}")];
    }
}
