using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Reading;
using NaturalThoughts.Teaching.Tests.Servers;

namespace NaturalThoughts.Teaching.Tests;

public sealed class AnnotateStageTests : IDisposable
{
    private static readonly AnnotateTask OfQuestion = new() { Prompt = "DOMAIN\n{domains}\n{question}", Fields = ["domain", "topics"] };
    private static readonly AnnotateTask OfTrace = new() { Prompt = "STRATEGIES {thinking} / {answer} / {question}", Fields = ["strategies", "verbosity"] };

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Should_AnnotateEachTrace_When_TheRepliesFit()
    {
        await using ChatServer server = await Server(
            _ => """{"domain": "Literature and Arts", "topics": ["Poetry", " Metre "]}""",
            _ => """{"strategies": ["Self Verification", "backtracking.", "self_verification"], "verbosity": 4}""");
        Rows("a", "b");
        _bench.Input("traces", [new Trace("b", "Thought {question}.", "Answer: b", 5)]);
        StageResult result = Run(server);
        Annotation row = Assert.Single(_bench.Output<Annotation>("annotations.jsonl"));
        Assert.Equal(("b", "Literature and Arts", 4), (row.QuestionId, row.Domain, row.Verbosity));
        Assert.Equal(["backtracking", "self-verification"], row.Strategies);
        Assert.Equal(["Poetry", "Metre"], row.Topics!);
        Assert.Equal((1L, 1L, 0L), (result.Counts["rows"], result.Counts["dropped"], result.Counts["repairs"]));

        // What a text says is never taken for a mark, options are shown, and the schema goes along.
        Assert.Equal("STRATEGIES Thought {question}. / Answer: b / Question b\nA) one\nB) two", Replies.LastMessage(server.Requests[1]));
        JsonNode schema = server.Requests[0]["response_format"]!["json_schema"]!["schema"]!;
        Assert.Equal(13, schema["properties"]!["domain"]!["enum"]!.AsArray().Count);
        Assert.Contains("\nMilitary Science\n", Replies.LastMessage(server.Requests[0]));
    }

    [Theory]
    [InlineData("```json\n{\"domain\": \"LAW\", \"topics\": []}\n```", 0)]
    [InlineData("<think>Is it {law}?</think>Here it is: {\"domain\": \"law\", \"topics\": [\"Contracts\"], \"more\": 1}", 0)]
    [InlineData("{\"domain\": \"Cooking\", \"topics\": []}", 1)]
    [InlineData("{\"domain\": \"Law\"}", 1)]
    [InlineData("{\"domain\": \"Law\", \"topics\": [1]}", 1)]
    [InlineData("Law, I think.", 1)]
    [InlineData("{\"domain\": \"Law\", \"topics\"", 1)]
    public async Task Should_SendItBack_When_AReplyCannotBeRead(string first, int repairs)
    {
        await using ChatServer server = await Server(
            body => body["messages"]!.AsArray().Count == 1 ? first : """{"domain": "Law", "topics": []}""",
            _ => """{"strategies": [], "verbosity": 0}""");
        Rows("a");
        StageResult result = Run(server);
        Assert.Equal("Law", Assert.Single(_bench.Output<Annotation>("annotations.jsonl")).Domain);
        Assert.Equal(repairs, result.Counts["repairs"]);
        Assert.Equal(repairs + 2, server.Requests.Count);
        if (repairs > 0)
        {
            JsonArray messages = server.Requests[1]["messages"]!.AsArray();
            Assert.Equal([first, "user"], new[] { (string)messages[1]!["content"]!, (string)messages[2]!["role"]! });
            Assert.StartsWith("Your reply cannot be used: ", (string)messages[2]!["content"]!);
        }
    }

    [Theory]
    [InlineData("""{"strategies": ["a"], "verbosity": 11}""", "Unreadable", 3)]
    [InlineData("""{"strategies": ["a"], "verbosity": "4"}""", "Unreadable", 3)]
    [InlineData("""{"strategies": ["a"], "verbosity": 4.5}""", "Unreadable", 3)]
    [InlineData("I'm sorry, but I can't help with that.", "Refusal", 1)]
    public async Task Should_CountAFailure_When_NoRepairHelps(string reply, string reason, int calls)
    {
        await using ChatServer server = await Server(_ => """{"domain": "Law", "topics": []}""", _ => reply);
        Rows("a");
        StageResult result = Run(server);
        Assert.Empty(_bench.Output<Annotation>("annotations.jsonl"));
        FailedReply failure = Assert.Single(_bench.Output<FailedReply>("failures.jsonl"));
        Assert.Equal(("a", reason, reply), (failure.QuestionId, failure.Reason, failure.Answer));
        Assert.Equal((0L, 1L, 1L), (result.Counts["rows"], result.Counts["failed"], result.Counts["failed" + reason]));
        Assert.Equal(calls + 1, server.Requests.Count);
    }

    [Fact]
    public void Should_ReportAll_When_TheTasksDoNotFit()
    {
        AnnotateOptions options = new()
        {
            Endpoint = Bench.Endpoint("http://localhost/v1"),
            Tasks = [OfQuestion with { Fields = ["domain", "domains"] }, OfTrace with { Fields = ["domain", "strategies"], Prompt = "?" }],
        };
        Assert.Equal(
            [
                "There is no field 'domains' of an annotation.",
                "Two tasks ask for 'domain'.",
                "No task asks for 'verbosity'.",
                "The prompt template lacks '{thinking}'.",
            ],
            options.Validate().Select(error => error.Message));
    }

    private void Rows(params string[] ids)
    {
        _bench.Input("questions", ids.Select(id => new Question(id, $"Question {id}", "A") { Options = ["one", "two"] }));
        _bench.Input("traces", ids.Select(id => new Trace(id, $"Thought {id}.", $"Answer: {id}", 5)));
    }

    private static Task<ChatServer> Server(Func<JsonObject, string> question, Func<JsonObject, string> trace) => ChatServer.StartAsync((body, context) =>
        Replies.TextAsync(
            body, context,
            ((string)body["messages"]![0]!["content"]!).StartsWith("DOMAIN", StringComparison.Ordinal) ? question(body) : trace(body), tokens: 10));

    private StageResult Run(ChatServer server) =>
        _bench.Run(new AnnotateStage(), new AnnotateOptions { Endpoint = Bench.Endpoint(server.Url), Tasks = [OfQuestion, OfTrace] });
}
