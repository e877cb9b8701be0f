using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Execution;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Scheduling;
using static NaturalThoughts.Pipeline.Tests.Bench;

namespace NaturalThoughts.Pipeline.Tests.Scheduling;

public sealed class ObserverTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Should_TellStartProgressAndEnd_When_TargetsRun()
    {
        _bench.Stage("count", c =>
        {
            c.Progress!.Report(new StageProgress(1, 2, "rows"));
            return Write(c, "x");
        });
        Target[] plan = [new Target("a", "count"), new Target("f", "fail"), From("b", "upper", "a"), From("end", "join", "b", "f")];
        Log cold = new(), warm = new();
        await _bench.RunAsync(plan, "end", observer: cold);
        await _bench.RunAsync(plan[..1], "a", observer: warm);

        Assert.Equal(["a started", "a 1/2 rows", "a Ran"], cold.Lines.Where(line => line.StartsWith("a ", StringComparison.Ordinal)));
        Assert.Equal(["f started", "f Failed"], cold.Lines.Where(line => line.StartsWith("f ", StringComparison.Ordinal)));
        Assert.Equal(["end Blocked"], cold.Lines.Where(line => line.StartsWith("end ", StringComparison.Ordinal)));
        Assert.Equal(["a Cached"], warm.Lines);
    }

    [Fact]
    public async Task Should_RunTensorStagesInWorkers_When_ExecutorsAreSplit()
    {
        using WorkerPool pool = new(new WorkerCommand(DotnetRoot.Host, [typeof(ObserverTests).Assembly.Location, "worker"]));
        SplitExecutor split = new(new InProcessExecutor(_bench.Catalog), pool);
        _bench.Stage("noisy", _ => throw new InvalidOperationException("Not in this process."));
        Target noisy = From("n", "noisy", "s") with
        {
            Parameters = new JsonObject { ["word"] = "w" },
            Resources = new TargetResources { UsesTensors = true },
        };
        Log log = new();
        RunReport report = await _bench.RunAsync([Source("s", "x"), noisy], "n", observer: log, executor: split);

        Assert.Equal("x!w", _bench.Text(report, "n"));
        Assert.Equal(3, report["n"].Record!.Result.Counts["rows"]);
        Assert.Contains("n 1/2 rows", log.Lines);
        Assert.Equal("portable/1", (string?)report["n"].Record!.Document["numerics"]!["class"]);
    }

    private sealed class Log : IRunObserver
    {
        public List<string> Lines { get; } = [];

        public void Started(Target target) => Lines.Add(target.Address + " started");

        public void Progressed(Target target, StageProgress progress) =>
            Lines.Add(FormattableString.Invariant($"{target.Address} {progress.Done}/{progress.Total} {progress.Unit}"));

        public void Finished(Target target, TargetResult result) => Lines.Add($"{target.Address} {result.Outcome}");
    }
}
