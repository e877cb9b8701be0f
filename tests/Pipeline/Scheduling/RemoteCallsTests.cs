using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Execution;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Tests.Scheduling;

/// <summary>Stages that call models get a folder for their calls, which outlives records, keys and clean-ups.</summary>
public sealed class RemoteCallsTests : IDisposable
{
    private readonly string _root = Path.Combine(Directory.CreateTempSubdirectory("remote-").FullName, "store");
    private readonly List<RemoteCalls?> _given = [];

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_root)!, recursive: true);

    [Fact]
    public async Task Should_ShareOneFolderOfCalls_When_StagesCallModels()
    {
        RunReport report = await RunAsync(null, Target("a", "calling", 1), Target("b", "calling", 2), Target("c", "plain", 1));
        Assert.True(report.Succeeded);
        string calls = Path.Combine(_root, "calls");
        Assert.Equal([calls, calls, null], _given.Select(remote => remote?.Folder).OrderBy(folder => folder is null));
        Assert.All(_given.OfType<RemoteCalls>(), remote => Assert.False(remote.Offline));

        _given.Clear();
        RemoteCalls mine = new("/elsewhere") { Offline = true, Budget = new CallBudget(3, null) };
        await RunAsync(mine, Target("d", "calling", 3));
        Assert.Same(mine, Assert.Single(_given));
    }

    [Fact]
    public async Task Should_KeepTheCalls_When_TheStoreIsCleaned()
    {
        await RunAsync(null, Target("a", "calling", 1));
        string call = Path.Combine(_root, "calls", "entries", "x");
        Directory.CreateDirectory(Path.GetDirectoryName(call)!);
        File.WriteAllText(call, "paid");
        Assert.True(StoreFolder.Clean(_root));
        Assert.Equal("paid", File.ReadAllText(call));
        Assert.False(Directory.Exists(Path.Combine(_root, "runs")));
        await RunAsync(null, Target("a", "calling", 1));
        Assert.Equal(2, _given.Count);
    }

    private static Target Target(string address, string stage, int value) =>
        new(address, stage) { Parameters = new System.Text.Json.Nodes.JsonObject { ["value"] = value } };

    private async Task<RunReport> RunAsync(RemoteCalls? calls, params Target[] targets)
    {
        IStage Catalog(string name) => new Recording(name, _given);
        using ObjectStore store = new(_root);
        using Bench bench = new();
        RunSettings settings = new() { Store = store, Keys = bench.Keys, Catalog = Catalog, Executor = new InProcessExecutor(Catalog), Calls = calls };
        return await new Scheduler(settings).RunAsync(new TargetGraph(targets), [.. targets.Select(target => target.Address)], default);
    }

    private sealed class Recording(string name, List<RemoteCalls?> given) : IStage
    {
        public StageDescription Description { get; } = new(name, [], ["data.txt"]) { CallsModels = name == "calling" };

        public StageResult Run(StageContext context)
        {
            given.Add(context.Remote);
            File.WriteAllText(context.Output("data.txt"), context.Parameters.ToJsonString());
            return new StageResult();
        }
    }
}
