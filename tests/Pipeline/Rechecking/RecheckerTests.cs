using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Execution;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Rechecking;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;
using static NaturalThoughts.Pipeline.Tests.Bench;

namespace NaturalThoughts.Pipeline.Tests.Rechecking;

public sealed class RecheckerTests : IDisposable
{
    private readonly Bench _bench = new();
    private int _runs;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Should_SayThatEveryByteIsTheSame_When_TheStagesAreDeterministic()
    {
        Target[] plan = [Source("a", "x"), From("b", "upper", "a"), From("c", "join", "a", "b")];
        await _bench.RunAsync(plan, "c");
        using ObjectStore store = _bench.Open();
        Rechecker rechecker = Over(store, plan);

        Assert.Equal(["a", "b", "c"], rechecker.Cached(["a", "b", "c"]));
        foreach (string address in (string[])["a", "b", "c"])
        {
            RecheckResult result = await rechecker.RunAsync(address, CancellationToken.None);
            Assert.Empty(result.Differences);
            Assert.Equal(1, result.Files);
        }

        Assert.Equal(2, _bench.RunsOf("join"));
    }

    [Fact]
    public async Task Should_NameStageFileRowAndField_When_AStageIsNotDeterministic()
    {
        // A count of its runs leaks into the third row: what a clock, an address or an unseeded generator would do.
        _bench.Stage("leak", c =>
        {
            int run = Interlocked.Increment(ref _runs);
            File.WriteAllText(
                c.Output("rows.jsonl"),
                string.Concat(Enumerable.Range(0, 5).Select(i => $"{{\"id\":{i},\"answer\":{{\"text\":\"{(i == 2 ? run : 0)}\"}}}}\n")));
            File.WriteAllText(c.Output("same.txt"), "always");
            return new StageResult();
        }, "rows.jsonl", "same.txt");
        Target[] plan = [new Target("world/leak", "leak")];
        await _bench.RunAsync(plan, "world/leak");
        using ObjectStore store = _bench.Open();
        RunSummary[] before = [.. store.History.Read()];
        Rechecker rechecker = Over(store, plan);

        RecheckResult result = await rechecker.RunAsync(Assert.Single(rechecker.Cached(["world/leak"])), CancellationToken.None);

        Assert.Equal(("world/leak", "leak", 2), (result.Address, result.StageName, result.Files));
        Assert.Equal(new OutputDifference("rows.jsonl", "row 3, field answer.text", "\"1\"", "\"2\""), Assert.Single(result.Differences));
        Assert.Equal("rows.jsonl, row 3, field answer.text: \"1\" -> \"2\"", result.Differences[0].ToString());

        // It recorded nothing, and the stored file is the first one.
        Assert.Equal(before, store.History.Read());
        Assert.Equal(TargetOutcome.Cached, (await _bench.RunAsync(plan, "world/leak"))["world/leak"].Outcome);
    }

    [Fact]
    public async Task Should_NameThem_When_FilesAreMissingOrExtra()
    {
        _bench.Stage("moody", c =>
        {
            File.WriteAllText(c.Output(Interlocked.Increment(ref _runs) == 1 ? "first.txt" : "second.txt"), "x");
            return Write(c, "same");
        });
        Target[] plan = [new Target("m", "moody")];
        await _bench.RunAsync(plan, "m");
        using ObjectStore store = _bench.Open();
        Rechecker rechecker = Over(store, plan);
        rechecker.Cached(["m"]);

        Assert.Equal(
            [new OutputDifference("first.txt", "the whole file", "a file", ""), new OutputDifference("second.txt", "the whole file", "", "a file")],
            (await rechecker.RunAsync("m", CancellationToken.None)).Differences);
    }

    [Fact]
    public async Task Should_AskTheReaderFirst_When_ItKnowsTheFormat()
    {
        _bench.Stage("count", c => Write(c, $"{Interlocked.Increment(ref _runs)}"));
        Target[] plan = [new Target("m", "count")];
        await _bench.RunAsync(plan, "m");
        using ObjectStore store = _bench.Open();
        Rechecker rechecker = new(Settings(store), new TargetGraph(plan))
        {
            Reader = (name, old, now) => new OutputDifference(name, "tensor w", File.ReadAllText(old), File.ReadAllText(now)),
        };
        rechecker.Cached(["m"]);
        Assert.Equal(
            new OutputDifference("data.txt", "tensor w", "1", "2"), Assert.Single((await rechecker.RunAsync("m", CancellationToken.None)).Differences));
    }

    [Fact]
    public async Task Should_Fail_When_TheStageFailsTheSecondTime()
    {
        _bench.Stage("once", c => Interlocked.Increment(ref _runs) == 1 ? Write(c, "x") : throw new UserErrorException("not again"));
        Target[] plan = [new Target("m", "once")];
        await _bench.RunAsync(plan, "m");
        using ObjectStore store = _bench.Open();
        Rechecker rechecker = Over(store, plan);
        rechecker.Cached(["m"]);
        Assert.Contains(
            "not again", (await Assert.ThrowsAsync<StageFailedException>(() => rechecker.RunAsync("m", CancellationToken.None))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_LeaveOutWhatCannotBeChecked_When_ItIsNotCachedOrItsFilesAreGone()
    {
        Target[] plan = [Source("a", "x"), From("b", "upper", "a"), From("c", "upper", "b")];
        RunReport report = await _bench.RunAsync(plan, "b");
        using ObjectStore store = _bench.Open();
        Assert.Equal(["a", "b"], Over(store, plan).Cached(["a", "b", "c"]));
        Assert.Equal(["b"], Over(store, plan).Cached(["b"]));

        // Without its input b cannot be executed, without its output a cannot be compared.
        File.Delete(_bench.ObjectPath(report["a"].Record!.Outputs["data.txt"]));
        Assert.Empty(Over(store, plan).Cached(["a", "b", "c"]));
    }

    [Fact]
    public void Should_DrawEachOnce_When_MoreAreAskedForThanThereAre()
    {
        string[] cached = ["a", "b", "c", "d"];
        Assert.Equal(cached, Rechecker.Draw(cached, 9, SeededRandom.From("x")).Order());
        Assert.Equal(2, Rechecker.Draw(cached, 2, SeededRandom.From("x")).Distinct().Count());
        Assert.Equal(cached, Enumerable.Range(0, 50).SelectMany(i => Rechecker.Draw(cached, 1, SeededRandom.From($"{i}"))).Distinct().Order());
    }

    private Rechecker Over(ObjectStore store, Target[] plan) => new(Settings(store), new TargetGraph(plan));

    private RunSettings Settings(ObjectStore store) =>
        new() { Store = store, Keys = _bench.Keys, Catalog = _bench.Catalog, Executor = new InProcessExecutor(_bench.Catalog) };
}
