using System.Collections.Concurrent;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Reading;
using NaturalThoughts.Teaching.Tests.Servers;

namespace NaturalThoughts.Teaching.Tests.Calling;

/// <summary>Budgets, offline runs, cancellation, endpoints that refuse: what is finished is kept, and nothing is called twice.</summary>
public sealed class LimitsTests : IDisposable
{
    private readonly Bench _bench = new();

    public LimitsTests() => _bench.Input("questions", Enumerable.Range(0, 40).Select(i => new Question($"q{i}", $"{i}?", $"{i}")));

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Should_StopAndKeep_When_TheLimitOfCallsIsMet()
    {
        await using ChatServer server = await ChatServer.StartAsync(AnswerAsync);
        UserErrorException error = Assert.Throws<UserErrorException>(() => Run(server, new RemoteCalls(_bench.Calls) { Budget = new CallBudget(15, null) }));
        Assert.Equal(("--max-calls", ExitCode.TargetFailed), (error.Errors[0].Location, error.ExitCode));
        Assert.Equal(15, server.Requests.Count);
        StageResult rest = Run(server);
        Assert.Equal((25, 15, 40L), (rest.Measured["calls"], rest.Measured["callsFound"], rest.Counts["rows"]));
        Assert.Equal(40, server.Requests.Select(Replies.LastMessage).Distinct().Count());
        Assert.Equal(40, server.Requests.Count);
    }

    [Fact]
    public async Task Should_NeverSpendMore_When_TheCostIsLimited()
    {
        // A reply of 100 tokens costs 0.1, one of 1,000, the most, costs 1.
        await using ChatServer server = await ChatServer.StartAsync(AnswerAsync);
        CallBudget budget = new(null, 2.55m);
        CallPrices prices = new() { OutputPerMillion = 1000 };
        UserErrorException error = Assert.Throws<UserErrorException>(() => Run(server, new RemoteCalls(_bench.Calls) { Budget = budget }, prices: prices));
        Assert.Equal("--max-cost", error.Errors[0].Location);

        // It stops when the dearest call would not fit, after 16 of 0.1; calls under way are waited for, not counted as dear.
        Assert.Equal((1.6m, 16), (budget.Cost, server.Requests.Count));
        StageResult all = Run(server, prices: prices);
        Assert.Equal(2.4, all.Measured["cost"], 1e-9);
    }

    [Fact]
    public async Task Should_CountWhatIsMissing_When_Offline()
    {
        await using ChatServer server = await ChatServer.StartAsync(AnswerAsync);
        Assert.Throws<UserErrorException>(() => Run(server, new RemoteCalls(_bench.Calls) { Budget = new CallBudget(30, null) }));
        RemoteCalls offline = new(_bench.Calls) { Offline = true };
        UserErrorException error = Assert.Throws<UserErrorException>(() => Run(server, offline));
        Assert.StartsWith("endpoint: 10 of 40 rows got no answer", error.Message);
        StageResult some = Run(server, offline, limits: Bench.Quick with { MaxUnanswered = 10 });
        Assert.Equal((30L, 10L), (some.Counts["rows"], some.Counts["failedNotKept"]));
        Assert.Equal(30, server.Requests.Count);
    }

    [Fact]
    public async Task Should_ShareTheLimits_When_ShardsCallSideBySide()
    {
        const int limit = 3;
        int underWay = 0;
        int most = 0;
        Lock gate = new();
        await using ChatServer server = await ChatServer.StartAsync(async (body, context) =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++underWay);
            }

            await Task.Delay(20);
            lock (gate)
            {
                underWay--;
            }

            await AnswerAsync(body, context);
        });

        // Two targets of one run, as the scheduler starts them: each has the run's calls.
        using Bench other = new();
        other.Input("questions", JsonLines.Read<Question>(_bench.Inputs["questions"]));
        RemoteCalls run = new(_bench.Calls);
        CallLimits limits = Bench.Quick with { StartConcurrency = limit, MaxConcurrency = limit };
        TeachOptions options = Options(server, limits);
        StageResult[] results = await Task.WhenAll(
            Task.Run(() => _bench.Run(new TeachStage(), options with { Shard = new() { Index = 0, Count = 2 } }, run)),
            Task.Run(() => other.Run(new TeachStage(), options with { Shard = new() { Index = 1, Count = 2 } }, run)));
        run.Scope.Dispose();

        Assert.Equal((40L, 40), (results.Sum(result => result.Counts["rows"]), server.Requests.Count));
        Assert.Equal(limit, most);
    }

    [Fact]
    public async Task Should_KeepFinishedCalls_When_Cancelled()
    {
        using CancellationTokenSource stop = new();
        ConcurrentQueue<string> finished = new();
        await using ChatServer server = await ChatServer.StartAsync(async (body, context) =>
        {
            if (finished.Count >= 12)
            {
                stop.Cancel();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            }

            await AnswerAsync(body, context);
            finished.Enqueue(Replies.LastMessage(body));
        });
        Assert.ThrowsAny<OperationCanceledException>(() => Run(server, cancellation: stop.Token));
        int kept = Directory.EnumerateFiles(Path.Combine(_bench.Calls, "entries"), "*.gz", SearchOption.AllDirectories).Count();
        Assert.InRange(kept, 1, 39);
        await using ChatServer again = await ChatServer.StartAsync(AnswerAsync);
        Environment.SetEnvironmentVariable("NATURALTHOUGHTS_TEST_MOVED", again.Url);
        StageResult rest = Run(server, address: "NATURALTHOUGHTS_TEST_MOVED");
        Assert.Equal((40L, 40 - kept, kept), (rest.Counts["rows"], again.Requests.Count, rest.Measured["callsFound"]));
    }

    [Fact]
    public async Task Should_FailOrCount_When_TheServerRejectsARow()
    {
        await using ChatServer server = await ChatServer.StartAsync((body, context) => Replies.LastMessage(body) == "7?"
            ? Replies.JsonAsync(context, """{"error":{"message":"maximum context length is 8 tokens"}}""", 400)
            : AnswerAsync(body, context));
        UserErrorException error = Assert.Throws<UserErrorException>(() => Run(server));
        Assert.Contains("1 of 40 rows got no answer", error.Message);
        Assert.Contains("maximum context length", error.Message);
        StageResult result = Run(server, limits: Bench.Quick with { MaxUnanswered = 1 });
        Assert.Equal((39L, 1L), (result.Counts["rows"], result.Counts["failedRejected"]));
        Assert.Equal(("q7", "Rejected"), _bench.Output<FailedReply>("failures.jsonl").Select(row => (row.QuestionId, row.Reason)).Single());
        Assert.Equal(41, server.Requests.Count); // not repeated within a run
    }

    [Theory]
    [InlineData(401, 64)]
    [InlineData(404, 64)]
    [InlineData(500, 39)]
    public async Task Should_StopSoon_When_NothingIsAnswered(int status, int most)
    {
        await using ChatServer server = await ChatServer.StartAsync((_, context) => Replies.JsonAsync(context, "{}", status));
        UserErrorException error = Assert.Throws<UserErrorException>(() =>
            Run(server, limits: Bench.Quick with { Retries = 0, MaxUnanswered = 1000, MaxConcurrency = 4 }));
        Assert.Contains(status == 500 ? "got no answer" : "takes no calls", error.Message);
        Assert.InRange(server.Requests.Count, 1, most);
    }

    [Fact]
    public async Task Should_GoOn_When_TheServerIsBusyForLong()
    {
        int refused = 0;
        await using ChatServer server = await ChatServer.StartAsync((body, context) =>
        {
            if (Interlocked.Increment(ref refused) <= 30)
            {
                context.Response.StatusCode = 429;
                return Task.CompletedTask;
            }

            return AnswerAsync(body, context);
        });
        StageResult result = Run(server, new RemoteCalls(_bench.Calls) { Budget = new CallBudget(40, null) }, limits: Bench.Quick with { Retries = 0 });
        Assert.Equal((40L, 30), (result.Counts["rows"], result.Measured["faultBusy"]));
    }

    [Fact]
    public async Task Should_TellHowItGoes_When_Running()
    {
        await using ChatServer server = await ChatServer.StartAsync(AnswerAsync);
        List<StageProgress> told = [];
        _bench.Run(new TeachStage(), Options(server), progress: new Told(told));
        Assert.Equal(Enumerable.Range(1, 40).Select(i => (long)i), told.Select(step => step.Done));
        Assert.Matches(@"^\d+ calls, 0 kept, \d+ tokens/s, cost 0, \d+ under way, \d\d:\d\d:\d\d left$", told[20].Note);
        told.Clear();
        _bench.Run(new TeachStage(), Options(server), progress: new Told(told));
        Assert.Equal((40L, 40L), (told[^1].Done, told[^1].Before));
    }

    [Fact]
    public async Task Should_TakeEachQuestionOnce_When_ThePoolIsCutIntoShards()
    {
        await using ChatServer server = await ChatServer.StartAsync(AnswerAsync);
        List<string> ids = [];
        for (int index = 0; index < 3; index++)
        {
            _bench.Run(new TeachStage(), Options(server) with { Shard = new() { Index = index, Count = 3 } });
            List<Trace> part = _bench.Output<Trace>("traces.jsonl");
            Assert.InRange(part.Count, 5, 25);
            ids.AddRange(part.Select(trace => trace.QuestionId));
        }

        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"q{i}").Order(), ids.Order());
        Assert.Contains(
            "There is no shard 3 of 3",
            Assert.Throws<UserErrorException>(() => _bench.Run(new TeachStage(), Options(server) with { Shard = new() { Index = 3, Count = 3 } })).Message);
    }

    private static Task AnswerAsync(System.Text.Json.Nodes.JsonObject body, Microsoft.AspNetCore.Http.HttpContext context) =>
        Replies.TextAsync(body, context, $"<think>Hm, {Replies.LastMessage(body)}</think>Answer: {Replies.LastMessage(body)}");

    private static TeachOptions Options(ChatServer server, CallLimits? limits = null, CallPrices? prices = null, string? address = null) => new()
    {
        Endpoint = Bench.Endpoint(server.Url, limits) with { Prices = prices ?? new(), AddressVariable = address },
        Prompt = "{question}",
    };

    private StageResult Run(
        ChatServer server, RemoteCalls? remote = null, CallLimits? limits = null, CallPrices? prices = null, CancellationToken cancellation = default,
        string? address = null) =>
        _bench.Run(new TeachStage(), Options(server, limits, prices, address), remote, cancellation);

    private sealed class Told(List<StageProgress> steps) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => steps.Add(value);
    }
}
