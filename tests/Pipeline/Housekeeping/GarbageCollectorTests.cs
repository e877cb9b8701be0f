using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Housekeeping;
using NaturalThoughts.Pipeline.Planning;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Tests.Housekeeping;

public sealed class GarbageCollectorTests : IDisposable
{
    private static readonly ContentHash Digest = ContentHash.OfText("the command");
    private readonly Bench _bench = new();

    public GarbageCollectorTests() => _bench.Stage(
        "train",
        context =>
        {
            File.WriteAllText(context.Output("model.weights"), "heavy " + File.ReadAllText(context.Input("in")));
            return Bench.Write(context, "of " + File.ReadAllText(context.Input("in")));
        },
        "data.txt",
        "model.weights");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Should_DeleteTheOlderRun_When_TheLastIsKept()
    {
        RunReport old = await RunAsync("one"), now = await RunAsync("two");
        using (ObjectStore store = _bench.Open())
        {
            Assert.True(store.Exists(old["d"].Record!.Outputs["data.txt"]));
        }

        string[] before = Files();
        Garbage would = GarbageCollector.Find(_bench.Root, new KeepRules { Runs = 1 });
        Assert.Equal(before, Files());
        Garbage did = GarbageCollector.Collect(_bench.Root, new KeepRules { Runs = 1 }, CancellationToken.None);

        // a, b and d of the old text; c's input is one text, too.
        Assert.Equal(["a", "m", "d"], would.Runs.Select(run => run.Record.Address));
        Assert.Equal(would.Paths, did.Paths);
        Assert.Equal(before.Except(did.Paths), Files());
        Assert.Equal(did.Bytes, did.Runs.Sum(run => run.Bytes));
        Assert.Equal(TargetOutcome.Cached, (await RunAsync("two"))["d"].Outcome);
        Assert.Equal(now["d"].Record!.Key, (await RunAsync("two"))["d"].Record!.Key);
        Assert.Equal(TargetOutcome.Ran, (await RunAsync("one"))["d"].Outcome);
        Assert.Empty(_bench.Warnings);
    }

    [Fact]
    public async Task Should_KeepBoth_When_TheLastTwoAreKept()
    {
        await RunAsync("one");
        await RunAsync("two");
        Garbage garbage = GarbageCollector.Collect(_bench.Root, new KeepRules { Runs = 2 }, CancellationToken.None);
        Assert.True(garbage.IsEmpty);
        Assert.Equal(7, garbage.KeptRecords);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_KeepWhatALockNames_When_NoRunIsKept(bool heavy)
    {
        RunReport old = await RunAsync("one");
        await RunAsync("two");
        RunRecord locked = old["d"].Record!;
        KeepRules rules = new()
        {
            Locked = [locked.Outputs["data.txt"].Digest, ContentHash.OfText("of another store")],
            Runs = 0,
            Heavy = heavy,
            IsHeavy = name => name.EndsWith(".weights", StringComparison.Ordinal),
        };

        Garbage garbage = GarbageCollector.Collect(_bench.Root, rules, CancellationToken.None);

        Assert.Equal((4, 4, 1), (garbage.KeptRecords, garbage.LockedRecords, garbage.LockedFound));
        Assert.Equal(heavy ? [] : ["m"], garbage.Stripped.Select(run => run.Record.Address));
        using (ObjectStore store = _bench.Open())
        {
            foreach (TargetResult result in old.Results)
            {
                Assert.NotNull(store.FindRun(result.Record!.Key));
                Assert.All(result.Record.Outputs, output => Assert.Equal(heavy || output.Key != "model.weights", store.Find(output.Value) is not null));
            }
        }

        // A locked target is up to date; what needs the weights makes them again.
        int trained = _bench.RunsOf("train");
        Assert.Equal(TargetOutcome.Cached, (await RunAsync("one"))["d"].Outcome);
        Assert.Equal(trained, _bench.RunsOf("train"));
        _bench.Code["upper"] = "v2";
        Assert.True((await RunAsync("one")).Succeeded);
        Assert.Equal(heavy ? trained : trained + 1, _bench.RunsOf("train"));
    }

    [Fact]
    public async Task Should_KeepThePresentPlan_When_ItsRunsAreOlderThanOthers()
    {
        RunReport one = await RunAsync("one");
        using (ObjectStore store = _bench.Open())
        {
            PlanCache.Keep(store, Digest, one.ToPlan(new TargetGraph(Plan("one")), ["d"]));
        }

        RunReport two = await RunAsync("two");
        using (ObjectStore store = _bench.Open())
        {
            PlanCache.Keep(store, ContentHash.OfText("the other"), two.ToPlan(new TargetGraph(Plan("two")), ["d"]));
        }

        // Back to the first: nothing runs, so that no history tells of it.
        await Task.Delay(20);
        Assert.NotNull(PlanCache.Find(_bench.Root, Digest));
        GarbageCollector.Collect(_bench.Root, new KeepRules { Runs = 1 }, CancellationToken.None);

        Assert.NotNull(PlanCache.Find(_bench.Root, Digest));
        int trained = _bench.RunsOf("train");
        Assert.True((await RunAsync("one")).Succeeded);
        Assert.Equal(trained, _bench.RunsOf("train"));
    }

    [Fact]
    public async Task Should_DeleteWhatNobodyNames_When_FilesAreStray()
    {
        await RunAsync("one");
        string orphan = Path.Combine(_bench.Folder, "orphan");
        File.WriteAllText(orphan, "left by a run that was killed");
        using (ObjectStore store = _bench.Open())
        {
            store.Adopt(orphan);
        }

        string record = Directory.EnumerateFiles(Path.Combine(_bench.Root, "runs"), "*", SearchOption.AllDirectories).First();
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(record)!, new string('0', 64) + ".json"), "{}");
        File.WriteAllText(Path.Combine(_bench.Root, "objects", "stray"), "x");
        Directory.CreateDirectory(Path.Combine(_bench.Root, "code"));
        File.WriteAllText(Path.Combine(_bench.Root, "code", new string('0', 64) + ".json"), "{}");

        Garbage garbage = GarbageCollector.Collect(_bench.Root, new KeepRules(), CancellationToken.None);

        Assert.Equal((0, (1, 29), 2, 4), (garbage.Runs.Count, garbage.Orphans, garbage.Damaged, garbage.Paths.Count));
        Assert.True(GarbageCollector.Find(_bench.Root, new KeepRules()).IsEmpty);
    }

    [Fact]
    public async Task Should_KeepWhatAnInterruptedStageLeft_Until_ItIsOldOrTheTargetIsRecorded()
    {
        ContentHash recorded = (await RunAsync("one"))["d"].Record!.Key;
        DateTimeOffset noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        string Leave(ContentHash key, int hours)
        {
            string folder = Path.Combine(_bench.Root, "resume", key.Hex);
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "step"), "state");
            File.SetLastWriteTimeUtc(Path.Combine(folder, "step"), noon.AddHours(hours).UtcDateTime);
            return folder;
        }

        (string fresh, string old, string done) = (Leave(ContentHash.OfText("fresh"), 1), Leave(ContentHash.OfText("old"), -1), Leave(recorded, 1));
        Assert.Equal([done], GarbageCollector.Find(_bench.Root, new KeepRules()).Interrupted.Select(item => item.Folder));
        Garbage garbage = GarbageCollector.Collect(_bench.Root, new KeepRules { InterruptedSince = noon }, CancellationToken.None);
        Assert.Equal(new[] { (done, 5L), (old, 5L) }.Order(), garbage.Interrupted.Order());
        Assert.Equal([fresh], Directory.GetDirectories(Path.Combine(_bench.Root, "resume")));

        // Whoever opens the store alone next does not wait for Gc.
        Leave(recorded, 1);
        _bench.Open().Dispose();
        Assert.Equal([fresh], Directory.GetDirectories(Path.Combine(_bench.Root, "resume")));
    }

    [Fact]
    public async Task Should_DeleteNothing_When_AnotherUsesTheStore()
    {
        await RunAsync("one");
        await RunAsync("two");
        using ObjectStore other = _bench.Open();
        UserErrorException error = Assert.Throws<UserErrorException>(() => GarbageCollector.Collect(_bench.Root, new KeepRules(), CancellationToken.None));
        Assert.Contains("Another process is using the store", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, GarbageCollector.Find(_bench.Root, new KeepRules()).Runs.Count);
    }

    [Fact]
    public void Should_DeleteNothing_When_TheFolderIsNoStore()
    {
        Directory.CreateDirectory(Path.Combine(_bench.Folder, "thesis", "objects"));
        File.WriteAllText(Path.Combine(_bench.Folder, "thesis", "objects", "chapter1"), "mine");
        Assert.Throws<UserErrorException>(() => GarbageCollector.Collect(Path.Combine(_bench.Folder, "thesis"), new KeepRules(), CancellationToken.None));
        Assert.True(File.Exists(Path.Combine(_bench.Folder, "thesis", "objects", "chapter1")));
    }

    // b is read by nobody that changes; a -> m (weights) -> d.
    private static Target[] Plan(string text) =>
    [
        Bench.Source("a", text),
        Bench.Source("b", "beta"),
        Bench.From("m", "train", "a"),
        new("d", "upper")
        {
            Inputs = new Dictionary<string, TargetInput> { ["in"] = new("m", "data.txt"), ["model"] = new("m"), ["beta"] = new("b", "data.txt") },
        },
    ];

    private Task<RunReport> RunAsync(string text) => _bench.RunAsync(Plan(text), "d");

    private string[] Files() => [.. new[] { "runs", "objects", "plans", "code" }.Select(folder => Path.Combine(_bench.Root, folder)).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)];
}
