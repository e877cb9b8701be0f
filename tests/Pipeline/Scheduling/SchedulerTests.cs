using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;
using static NaturalThoughts.Pipeline.Tests.Bench;

namespace NaturalThoughts.Pipeline.Tests.Scheduling;

public sealed class SchedulerTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Should_FindEverything_When_NothingChanged()
    {
        Target[] plan = [Source("a", "x"), From("b", "upper", "a")];
        RunReport first = await _bench.RunAsync(plan, "b");
        RunReport second = await _bench.RunAsync(plan, "b");

        Assert.Equal([TargetOutcome.Ran, TargetOutcome.Ran], first.Results.Select(r => r.Outcome));
        Assert.Equal([TargetOutcome.Cached, TargetOutcome.Cached], second.Results.Select(r => r.Outcome));
        Assert.Equal("X", _bench.Text(second, "b"));
        Assert.Equal(["from source"], second["a"].Record!.Result.Warnings);
        Assert.Equal(1, second["a"].Record!.Result.Counts["rows"]);
        Assert.Equal(ExitCode.Done, second.ExitCode);
    }

    [Fact]
    public async Task Should_RunOnlyWhatIsDownstream_When_AParameterChanged()
    {
        Target[] Plan(string c) => [Source("a", "a"), Source("c", c), From("b", "upper", "a"), From("d", "join", "b", "c")];
        await _bench.RunAsync(Plan("1"), "d");
        RunReport report = await _bench.RunAsync(Plan("2"), "d");

        Assert.Equal(["c", "d"], report.With(TargetOutcome.Ran).Select(r => r.Address).Order());
        Assert.Equal("A+2", _bench.Text(report, "d"));
    }

    [Fact]
    public async Task Should_StopTheWave_When_AChangedStepGivesTheSameBytes()
    {
        Target[] Plan(string text) => [Source("a", text), From("b", "upper", "a"), From("c", "join", "b", "b")];
        await _bench.RunAsync(Plan("x"), "c");
        RunReport report = await _bench.RunAsync(Plan("X"), "c");

        Assert.Equal(["a", "b"], report.With(TargetOutcome.Ran).Select(r => r.Address));
        Assert.Equal(TargetOutcome.Cached, report["c"].Outcome);
        Assert.Contains("came out the same", report["c"].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_RunAgain_When_TheCodeChanged()
    {
        Target[] plan = [Source("a", "x"), From("b", "upper", "a")];
        await _bench.RunAsync(plan, "b");
        _bench.Code["upper"] = "v2";
        RunReport report = await _bench.RunAsync(plan, "b");

        Assert.Equal(["b"], report.With(TargetOutcome.Ran).Select(r => r.Address));
    }

    [Fact]
    public async Task Should_RecordNothing_When_AStageFails()
    {
        Target[] plan =
        [
            Source("a", "x"), new Target("b", "fail"), From("c", "join", "a", "b"), From("d", "upper", "c"), From("e", "upper", "a"),
            From("f", "join", "d", "e"),
        ];
        for (int i = 1; i <= 2; i++)
        {
            RunReport report = await _bench.RunAsync(plan, "f");
            Assert.Equal(i, _bench.RunsOf("fail"));
            Assert.Equal(new UserError("no good", "here", "do better"), Assert.Single(report["b"].Errors));
            Assert.Equal(["c", "d", "f"], report.With(TargetOutcome.Blocked).Select(r => r.Address).Order());
            Assert.All(report.With(TargetOutcome.Blocked), r => Assert.Equal("b", r.BlockedBy));
            Assert.True(report["e"].IsDone);
            Assert.Equal(ExitCode.TargetFailed, report.ExitCode);
        }
    }

    [Theory]
    [InlineData(true, false, ExitCode.Usage)]
    [InlineData(true, true, ExitCode.TargetFailed)]
    [InlineData(false, false, ExitCode.TargetFailed)]
    public async Task Should_BlameTheUsersFileAlone_When_NothingElseFailed(bool isOutside, bool alsoFails, ExitCode exit)
    {
        _bench.Stage("import", _ => throw new UserErrorException("no row", "file:3"));
        Target import =
            new("a", "import") { Sources = isOutside ? new Dictionary<string, string> { ["source"] = Path.GetTempPath() } : new Dictionary<string, string>() };
        Target[] plan = [import, Source("b", "x"), alsoFails ? new Target("c", "fail") : Source("c", "y"), From("d", "join", "a", "b", "c")];

        RunReport report = await _bench.RunAsync(plan, "d");

        Assert.Equal(exit, report.ExitCode);
        Assert.True(report["b"].IsDone);
        Assert.Equal(TargetOutcome.Blocked, report["d"].Outcome);
    }

    [Fact]
    public async Task Should_StopAndSayItOnce_When_TheDiskIsFull()
    {
        bool full = true;
        FakeStage wide = _bench.Stage("wide", c =>
        {
            File.WriteAllText(full ? "/dev/full" : c.Output("data.txt"), (string)c.Parameters["text"]!);
            return new StageResult();
        });
        Target[] parts = [.. Enumerable.Range(0, 6).Select(i => new Target($"part{i}", "wide") { Parameters = new() { ["text"] = $"{i}" } })];
        Target[] plan = [.. parts, From("end", "join", [.. parts.Select(part => part.Address)])];
        RunReport report = await _bench.RunAsync(plan, "end", jobs: 2);

        TargetResult failed = Assert.Single(report.With(TargetOutcome.Failed));
        Assert.StartsWith("The store cannot be read or written: No space left on device", Assert.Single(failed.Errors).Message, StringComparison.Ordinal);
        Assert.InRange(wide.Runs, 1, 2);
        Assert.Equal(6, report.With(TargetOutcome.Blocked).Count());
        Assert.All(report.With(TargetOutcome.Blocked), result => Assert.Equal(failed.Address, result.BlockedBy));
        Assert.Equal(ExitCode.TargetFailed, report.ExitCode);

        full = false;
        Assert.True((await _bench.RunAsync(plan, "end", jobs: 2)).Succeeded);
    }

    [Fact]
    public async Task Should_FinishTheRest_When_AStageMissesAFile()
    {
        _bench.Stage("lost", c => Write(c, File.ReadAllText(c.Output("nowhere.txt"))));
        RunReport report = await _bench.RunAsync([new Target("a", "lost"), Source("b", "x"), From("c", "join", "a", "b")], "c");

        Assert.StartsWith("FileNotFoundException: ", Assert.Single(report["a"].Errors).Message, StringComparison.Ordinal);
        Assert.True(report["b"].IsDone);
    }

    [Fact]
    public async Task Should_Fail_When_ADeclaredOutputIsMissing()
    {
        FakeStage half = _bench.Stage("half", c => Write(c, "x"), "data.txt", "more.txt");
        for (int i = 1; i <= 2; i++)
        {
            RunReport report = await _bench.RunAsync([new Target("a", "half")], "a");
            Assert.Contains("'more.txt'", Assert.Single(report["a"].Errors).Message, StringComparison.Ordinal);
            Assert.Equal(i, half.Runs);
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public async Task Should_MakeItAgain_When_AnObjectIsDamaged(string damaged)
    {
        // b is asked for; a is only read when something that needs it runs.
        Target[] plan = [Source("a", "x"), From("b", "upper", "a")];
        RunReport first = await _bench.RunAsync(plan, "b");
        OutputFile file = first[damaged].Record!.Outputs["data.txt"];
        _bench.Damage(file);
        RunReport second = await _bench.RunAsync([.. plan, From("c", "join", "a", "b")], "c");

        Assert.Equal("x+X", _bench.Text(second, "c"));
        Assert.Equal([damaged, "c"], second.With(TargetOutcome.Ran).Select(r => r.Address));
        Assert.Contains(file.Digest.Hex, Assert.Single(_bench.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_MakeItAgain_When_TheRequestedObjectIsDamagedOrGone()
    {
        Target[] plan = [Source("a", "x"), From("b", "upper", "a")];
        RunReport first = await _bench.RunAsync(plan, "b");
        File.Delete(_bench.ObjectPath(first["b"].Record!.Outputs["data.txt"]));
        File.Delete(_bench.ObjectPath(first["a"].Record!.Outputs["data.txt"]));
        RunReport second = await _bench.RunAsync(plan, "b");

        Assert.Equal(["a", "b"], second.With(TargetOutcome.Ran).Select(r => r.Address));
        Assert.Equal("X", _bench.Text(second, "b"));
    }

    [Fact]
    public async Task Should_NotReadIntermediates_When_TheyAreNotNeeded()
    {
        Target[] plan = [Source("a", "x"), From("b", "upper", "a")];
        RunReport first = await _bench.RunAsync(plan, "b");
        File.Delete(_bench.ObjectPath(first["a"].Record!.Outputs["data.txt"]));

        Assert.Empty((await _bench.RunAsync(plan, "b")).With(TargetOutcome.Ran));
    }

    [Fact]
    public async Task Should_RunOnce_When_SeveralRunsWantTheSameTarget()
    {
        FakeStage slow = _bench.Stage("slow", c =>
        {
            Thread.Sleep(150);
            return Write(c, "s");
        });
        ObjectStore[] stores = [.. Enumerable.Range(0, 4).Select(_ => _bench.Open())];
        RunReport[] reports = await Task.WhenAll(
            stores.Select(store => Task.Run(() => _bench.Scheduler(store).RunAsync(new TargetGraph([new Target("a", "slow")]), ["a"]))));
        Array.ForEach(stores, store => store.Dispose());

        Assert.Equal(1, slow.Runs);
        Assert.All(reports, report => Assert.True(report.Succeeded));
        Assert.Single(reports, report => report["a"].Outcome == TargetOutcome.Ran);
    }

    [Fact]
    public async Task Should_RunOnce_When_TwoAddressesMeanTheSame()
    {
        RunReport report = await _bench.RunAsync([Source("a", "x"), Source("b", "x"), From("c", "join", "a", "b")], "c", jobs: 3);

        Assert.Equal(1, _bench.RunsOf("source"));
        Assert.Equal("x+x", _bench.Text(report, "c"));
    }

    [Fact]
    public async Task Should_GiveTheSameResults_When_JobsDiffer()
    {
        List<Target> plan = [];
        for (int i = 0; i < 12; i++)
        {
            plan.Add(Source($"s{i}", $"t{i}"));
            plan.Add(From($"u{i}", "upper", $"s{i}"));
        }

        plan.Add(new Target("bad", "fail"));
        plan.Add(From("blocked", "join", "bad", "u3"));
        plan.Add(From("all", "join", [.. Enumerable.Range(0, 12).Select(i => $"u{i}")]));
        plan.Add(From("root", "join", "all", "blocked"));
        RunReport one = await _bench.RunAsync(plan, "root");
        using Bench other = new();
        RunReport four = await other.RunAsync(plan, "root", jobs: 4);

        Assert.Equal(Face(one), Face(four));
        Assert.Equal(28, one.Results.Count);

        static IEnumerable<string> Face(RunReport report) => report.Results.Select(r =>
            $"{r.Address} {r.Outcome} {r.BlockedBy} {r.Record?.Key} {string.Join(' ', r.Errors)} "
            + $"{string.Join(' ', r.Record?.Outputs.Select(o => o.ToString()) ?? [])}");
    }

    [Fact]
    public async Task Should_UseAllSlots_When_TargetsAreIndependent()
    {
        using Barrier both = new(2);
        _bench.Stage("meet", c => both.SignalAndWait(Hang.Limit) ? Write(c, (string)c.Parameters["n"]!) : throw new TimeoutException());
        Target Meet(string n) => new(n, "meet") { Parameters = new JsonObject { ["n"] = n } };
        RunReport report = await _bench.RunAsync([Meet("a"), Meet("b"), From("c", "join", "a", "b")], "c", jobs: 2);

        Assert.True(report.Succeeded, string.Join('\n', report.Results));
    }

    [Fact]
    public async Task Should_RecordNothingPartial_When_Cancelled()
    {
        using CancellationTokenSource stop = new();
        FakeStage slow = _bench.Stage("slow", c =>
        {
            Write(c, "partial");
            stop.Cancel();
            c.Cancellation.WaitHandle.WaitOne();
            c.Cancellation.ThrowIfCancellationRequested();
            return new StageResult();
        });
        Target[] plan = [Source("a", "x"), From("b", "slow", "a"), From("c", "upper", "b")];
        RunReport report = await _bench.RunAsync(plan, "c", cancellation: stop.Token);

        Assert.Equal([TargetOutcome.Ran, TargetOutcome.Interrupted, TargetOutcome.Interrupted], report.Results.Select(r => r.Outcome));
        Assert.Equal(ExitCode.Interrupted, report.ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_bench.Root, "tmp")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_bench.Root, "locks")));

        // When it is run again, what was done is found and the rest is made.
        _bench.Stage("slow", c => Write(c, "whole"));
        RunReport again = await _bench.RunAsync(plan, "c");
        Assert.Equal(["b", "c"], again.With(TargetOutcome.Ran).Select(r => r.Address));
        Assert.Equal("WHOLE", _bench.Text(again, "c"));
        Assert.Equal(1, slow.Runs);
    }

    [Fact]
    public async Task Should_RecordNothing_When_AStoppedStageAnswersWithHalfAResult()
    {
        using CancellationTokenSource stop = new();
        RunReport report = await _bench.RunAsync([Source("a", "whole")], "a", cancellation: stop.Token, executor: new HalfExecutor(stop));
        Assert.Equal(TargetOutcome.Interrupted, report["a"].Outcome);

        RunReport again = await _bench.RunAsync([Source("a", "whole")], "a");
        Assert.Equal(TargetOutcome.Ran, again["a"].Outcome);
        Assert.Equal("whole", _bench.Text(again, "a"));
    }

    [Fact]
    public async Task Should_FailTheTarget_When_ItsTimeLimitPasses()
    {
        _bench.Stage("slow", c =>
        {
            c.Cancellation.WaitHandle.WaitOne();
            return Write(c, "late");
        });
        Target slow = new("a", "slow") { Resources = new TargetResources { TimeLimit = TimeSpan.FromMilliseconds(30) } };
        RunReport report = await _bench.RunAsync([slow], "a");

        Assert.Equal(TargetOutcome.Failed, report["a"].Outcome);
        Assert.Contains("time limit of 0", report["a"].Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_BindTheWholeFolder_When_NoFileIsNamed()
    {
        _bench.Stage("folder", c =>
        {
            Directory.CreateDirectory(c.Output("deep"));
            File.WriteAllText(c.Output("deep/b.txt"), "b");
            return Write(c, "a");
        });
        _bench.Stage("list", c => Write(c, string.Join(' ', Directory.EnumerateFiles(c.Input("in"), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(c.Input("in"), path)).Order(StringComparer.Ordinal))));
        Target list = new("l", "list") { Inputs = new Dictionary<string, TargetInput> { ["in"] = new("f") } };
        RunReport report = await _bench.RunAsync([new Target("f", "folder"), list], "l");

        Assert.Equal("data.txt deep/b.txt", _bench.Text(report, "l"));
        Assert.Equal(["data.txt", "deep/b.txt"], report["l"].Record!.Document["inputs"]!["in"]!.AsObject().Select(file => file.Key));
    }

    [Fact]
    public async Task Should_NameTheFile_When_AProducerDoesNotWriteIt()
    {
        Target wrong = new("b", "upper") { Inputs = new Dictionary<string, TargetInput> { ["in"] = new("a", "date.txt") } };
        RunReport report = await _bench.RunAsync([Source("a", "x"), wrong], "b");

        Assert.Equal("Did you mean 'data.txt'?", report["b"].Errors[0].Hint);
    }

    [Fact]
    public async Task Should_StartTheLongestChainFirst_When_SlotsAreScarce()
    {
        List<string> order = [];
        _bench.Stage("note", c =>
        {
            order.Add((string)c.Parameters["n"]!);
            return Write(c, (string)c.Parameters["n"]!);
        });
        Target Note(string n, params string[] after) => From(n, "note", after) with { Parameters = new JsonObject { ["n"] = n } };
        await _bench.RunAsync([Note("short"), Note("long1"), Note("long2", "long1"), Note("long3", "long2"), Note("end", "short", "long3")], "end");

        // After long2 the two chains are equally long, and the plan's order decides.
        Assert.Equal(["long1", "long2", "short", "long3", "end"], order);
    }
}
