using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Reading;
using NaturalThoughts.Teaching.Tests.Servers;

namespace NaturalThoughts.Teaching.Tests.Calling;

/// <summary>A teacher of whose replies three of ten are faults.</summary>
public sealed class FaultsTests : IDisposable
{
    private const int Calls = 5000;

    // The short limits only decide how often a hanging call is tried, never the outcome.
    private static readonly CallLimits Limits = Bench.Quick with
    {
        FirstByteTimeout = 2,
        IdleTimeout = 2,
        AttemptTimeout = 4,
        Retries = 40,
        BusyRetries = 1000,
        StartConcurrency = 16,
        MaxConcurrency = 64,
    };

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Should_GetEachAnswerOnce_When_ThreeOfTenRepliesAreFaults()
    {
        FaultyServer faulty = new(question => $"<think>I look at {question} for a while, and again.</think>Answer: {question}");
        await using ChatServer server = await ChatServer.StartAsync(faulty.AnswerAsync);
        Question[] questions = [.. Enumerable.Range(0, Calls).Select(i => new Question($"q{i}", $"{i} + 1?", $"{i + 1}"))];
        _bench.Input("questions", questions);
        TeachOptions options = new() { Endpoint = Bench.Endpoint(server.Url, Limits), Prompt = "{question}" };

        StageResult result = _bench.Run(new TeachStage(), options);

        List<Trace> traces = _bench.Output<Trace>("traces.jsonl");
        Assert.Equal(questions.Select(question => question.Id), traces.Select(trace => trace.QuestionId));
        Assert.All(
            traces,
            trace => Assert.Equal(
                ($"I look at {trace.QuestionId[1..]} + 1? for a while, and again.", $"Answer: {trace.QuestionId[1..]} + 1?"), (trace.Thinking, trace.Answer)));
        Assert.Empty(_bench.Output<FailedReply>("failures.jsonl"));
        Assert.Equal(
            (Calls, Calls * 100L, Calls, 0),
            (result.Counts["rows"], result.Counts["generatedTokens"], result.Measured["calls"], result.Measured["callsFound"]));
        Assert.Equal(14, faulty.Faults.Count);

        // Each request was answered, or is counted as a fault. On a starved machine a call may be given up before the server has seen it or said what it
        // planned: as many as there are timeouts that nobody planned.
        double faults = result.Measured.Where(pair => pair.Key.StartsWith("fault", StringComparison.Ordinal)).Sum(pair => pair.Value);
        double starved = result.Measured["faultTimeout"] - faulty.Faults["hang"] - faulty.Faults["drip"];
        Assert.InRange(starved, 0, Calls / 10);
        Assert.InRange(server.Requests.Count, Calls + faults - starved, Calls + faults);
        Assert.InRange(faulty.Faults["429"] + faulty.Faults["429 with Retry-After"], result.Measured["faultBusy"], result.Measured["faultBusy"] + starved);

        // The same once more sends nothing; a pool with one more row, in another order, sends one call.
        int sent = server.Requests.Count;
        byte[] before = _bench.OutputBytes("traces.jsonl");
        Assert.Equal(0, _bench.Run(new TeachStage(), options, new RemoteCalls(_bench.Calls) { Offline = true }).Measured["calls"]);
        Assert.Equal(before, _bench.OutputBytes("traces.jsonl"));
        Assert.Equal(sent, server.Requests.Count);
        _bench.Input("questions", questions.Append(new Question("new", "5000 + 1?", "5001")).Reverse());
        Assert.Equal(1, _bench.Run(new TeachStage(), options).Measured["calls"]);
    }
}
