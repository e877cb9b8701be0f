using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>Questions embedded by a model behind an endpoint: <c>embedding: {endpoint: ..., model: ...}</c>.</summary>
public sealed class EmbeddingTests : IDisposable
{
    private const string Model = "endpoint: http://localhost:8000/v1, model: E5";

    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Should_CarryEveryOption_When_AModelEmbeds()
    {
        Write(
            "tiny", "base",
            $"{{{Model}, batch: 32, dimensions: 256, encoding: base64, keyVariable: EMBEDDER_KEY, addressVariable: EMBEDDER_URL, limits: {{maxConcurrency: "
            + "2}, prices: {inputPerMillion: 0.02}}");

        TargetGraph graph = _bench.Plan().Graph;

        Target target = graph["base/embed"];
        Assert.Equal("embed-model", target.StageName);
        Assert.Equal(("questions", new TargetInput("world/pool", "questions.jsonl")), (target.Inputs.Single().Key, target.Inputs.Single().Value));
        Assert.Equal(
            """
            {"batch":32,"dimensions":256,"encoding":"base64","endpoint":{"addressVariable":"EMBEDDER_URL","keyVariable":"EMBEDDER_KEY","limits":{"maxConcurrency":2,"startConcurrency":2},"model":"E5","prices":{"inputPerMillion":0.02},"url":"http://localhost:8000/v1"}}
            """,
            CanonicalJson.Write(target.Parameters));
        Assert.Equal(new TargetInput("base/embed", "embeddings.jsonl"), graph["base/cluster"].Inputs["embeddings"]);
        Assert.False(target.Resources.UsesTensors);
    }

    [Fact]
    public void Should_JoinTheParts_When_ThePoolIsCutIntoShards()
    {
        Write("tiny", "base", $"{{{Model}, shards: 3}}");

        TargetGraph graph = _bench.Plan().Graph;

        Assert.Equal(("join-shards", 3), (graph["base/embed"].StageName, (int)graph["base/embed"].Parameters["count"]!));
        Assert.Equal("""{"count":3,"index":2}""", CanonicalJson.Write(graph["base/embed/shard2"].Parameters["shard"]));
        Assert.Equal(new TargetInput("base/embed", "rows.jsonl"), graph["base/cluster"].Inputs["embeddings"]);
        Assert.All(graph.Order.Select(address => graph[address]), target =>
        {
            StageDescription stage = StageCatalog.Create(target.StageName).Description;
            Assert.Empty(stage.Inputs.Except(target.Inputs.Keys));
            Assert.All(target.Inputs.Values.Where(input => input.File is not null), input =>
                Assert.Contains(input.File!, StageCatalog.Create(graph[input.TargetAddress].StageName).Description.Outputs));
        });
    }

    [Fact]
    public void Should_ReplaceTheOtherWhole_When_AnExtendingProfileChangesWhoEmbeds()
    {
        Write("tiny", "base", $"{{{Model}, batch: 32}}");
        Write("student", "tiny", "{batchTokens: 99}");
        Write("model", "student", "{endpoint: http://localhost:9000/v1, model: Other}");
        Write("more", "model", "{dimensions: 8}");

        Assert.Equal(("embed", """{"batchTokens":99}"""), Embed("student"));
        Assert.Equal(("embed-model", """{"endpoint":{"model":"Other","url":"http://localhost:9000/v1"}}"""), Embed("model"));
        Assert.Equal(("embed-model", """{"dimensions":8,"endpoint":{"model":"Other","url":"http://localhost:9000/v1"}}"""), Embed("more"));
    }

    [Fact]
    public void Should_LeaveTheRestAlone_When_AModelEmbeds()
    {
        TargetGraph before = _bench.Plan().Graph;
        Write("tiny", "base", $"{{{Model}}}");
        TargetGraph after = _bench.Plan().Graph;

        Assert.Equal(before.Order.Order(StringComparer.Ordinal), after.Order.Order(StringComparer.Ordinal));
        Assert.All(before.Order.Where(address => address != "base/embed"), address =>
            Assert.Equal(
                (before[address].StageName, CanonicalJson.Write(before[address].Parameters)),
                (after[address].StageName, CanonicalJson.Write(after[address].Parameters))));
    }

    private (string Stage, string Parameters) Embed(string profile)
    {
        Target target = _bench.Plan(profile).Graph["base/embed"];
        return (target.StageName, CanonicalJson.Write(target.Parameters));
    }

    private void Write(string name, string extended, string embedding) =>
        _bench.Write($"profiles/{name}.yaml", $"extends: {extended}.yaml\nname: {name}\nembedding: {embedding}\n");
}
