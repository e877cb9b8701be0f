using System.Text.Json.Nodes;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Slurm;

namespace NaturalThoughts.Pipeline.Tests.Slurm;

public sealed class JobPlanTests
{
    private static readonly Dictionary<string, int> None = [];

    [Fact]
    public void Should_MakeAnArrayOfTheSeeds_When_TheyWaitForTheSameJobs()
    {
        TargetGraph graph = new([
            Target("world/pool"),
            Target("T/a/seed1/select", "world/pool"),
            Target("T/a/seed1/grade", "T/a/seed1/select"),
            Target("T/a/seed2/select", "world/pool"),
            Target("T/table", "T/a/seed1/grade", "T/a/seed2/select"),
        ]);

        Assert.Equal(
            ["1 world [world/pool] after -", "2 T/a [T/a/seed1/select T/a/seed1/grade | T/a/seed2/select] after 1", "3 T [T/table] after 2"],
            Show(new JobPlan(graph, NameOf).Make(graph.Order, None, 1)));
    }

    [Fact]
    public void Should_OpenAnotherJob_When_JobsWouldWaitForEachOther()
    {
        TargetGraph graph = new([Target("a/1"), Target("b/2", "a/1"), Target("a/3", "b/2"), Target("b/4", "a/3")]);

        Assert.Equal(
            ["1 a [a/1] after -", "2 b [b/2] after 1", "3 a [a/3] after 2", "4 b [b/4] after 3"],
            Show(new JobPlan(graph, NameOf).Make(graph.Order, None, 1)));
    }

    [Fact]
    public void Should_WaitForTheFirst_When_TargetsAreTwins()
    {
        Target Twin(string address) => new(address, "source") { Parameters = new JsonObject { ["same"] = 1 } };
        TargetGraph graph = new([Twin("a/1"), Twin("b/2")]);

        Assert.Equal(["1 a [a/1] after -", "2 b [b/2] after 1"], Show(new JobPlan(graph, NameOf).Make(graph.Order, None, 1)));
    }

    [Fact]
    public void Should_WaitForWhatIsQueued_When_AnEarlierProcessSubmittedIt()
    {
        TargetGraph graph = new([Target("a/1"), Target("b/2", "a/1"), Target("c/3", "b/2")]);

        Assert.Equal(
            ["8 b [b/2] after 4", "9 c [c/3] after 8"], Show(new JobPlan(graph, NameOf).Make(graph.Order, new Dictionary<string, int> { ["a/1"] = 4 }, 8)));

        // What is not missing is in the store: nothing waits for it.
        Assert.Equal(["1 c [c/3] after -"], Show(new JobPlan(graph, NameOf).Make(["c/3"], None, 1)));
    }

    [Fact]
    public void Should_QuoteEverything_When_PathsHaveBlanksAndQuotes()
    {
        JobBatch batch = new(3, "a", false, [new JobGroup("a", ["a/1"])], []);

        Assert.Equal(
            "#!/bin/sh\nexec 9<'/c d/lock' && flock --shared 9\nexec '/x y/dotnet' 'it'\\''s' '/run $1' 3 \"${SLURM_ARRAY_TASK_ID:-0}\"\n",
            JobScript.Of(["/x y/dotnet", "it's"], "/run $1", batch, "/c d/lock"));
        Assert.Equal(batch.ToJson(), JobBatch.Read(batch.ToJson()).ToJson());
    }

    private static JobName NameOf(string address)
    {
        string[] parts = address.Split('/');
        return parts.Length < 3 ? new JobName(parts[0], parts[0]) : new JobName($"{parts[0]}/{parts[1]}", $"{parts[0]}/{parts[1]}/{parts[2]}");
    }

    private static Target Target(string address, params string[] sources) =>
        Bench.From(address, "join", sources) with { Parameters = new JsonObject { ["own"] = address } };

    private static IEnumerable<string> Show(IEnumerable<JobBatch> batches) => batches.Select(batch =>
        $"{batch.Number} {batch.Name} [{string.Join(" | ", batch.Groups.Select(group => string.Join(' ', group.Addresses)))}] after "
        + $"{(batch.After.Count == 0 ? "-" : string.Join(' ', batch.After))}");
}
