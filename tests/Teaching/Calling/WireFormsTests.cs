using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Reading;
using NaturalThoughts.Teaching.Tests.Servers;

namespace NaturalThoughts.Teaching.Tests.Calling;

/// <summary>The same trace over every form on the wire, as a stream and whole.</summary>
public sealed class WireFormsTests : IDisposable
{
    private const string Thinking = "First, 3 + 4 = 7.\n\nThen \"7\" \u00d7 6 = 42 \ud835\udc65 \u4f60. So the total is 42.";
    private const string Answer = "The total is $42$.\n\nAnswer: 42";

    private const string Schema = """{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"],"additionalProperties":false}""";

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    public static TheoryData<string, bool> Whole()
    {
        TheoryData<string, bool> data = [];
        foreach (string form in
            new[] { "reasoning", "reasoning_content", "both", "inline", "inline upper case", "split tag", "missing open", "field and stray close" })
        {
            data.Add(form, true);
            data.Add(form, false);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public async Task Should_ReadTheSameTrace_When_TheFormDiffers(string form, bool stream)
    {
        await using ChatServer server = await ChatServer.StartAsync((_, context) => Send(context, form, stream, "stop"));
        StageResult result = Teach(server, stream);
        Assert.Equal(stream, (bool)server.Requests[0]["stream"]!);
        Trace trace = Assert.Single(_bench.Output<Trace>("traces.jsonl"));
        Assert.Equal((Thinking, Answer, 61), (trace.Thinking, trace.Answer, trace.Tokens));
        Assert.Empty(_bench.Output<FailedReply>("failures.jsonl"));
        Assert.Equal((1L, 100L), (result.Counts["rows"], result.Counts["generatedTokens"]));
    }

    [Theory]
    [InlineData("missing close", "stop", "MissingTags")]
    [InlineData("missing close", "length", "CutOff")]
    [InlineData("reasoning without answer", "length", "CutOff")]
    [InlineData("reasoning without answer", "stop", "Empty")]
    [InlineData("null content", "length", "CutOff")]
    public async Task Should_KeepTheThinkingApart_When_TheReplyHasNoAnswer(string form, string finish, string reason)
    {
        foreach (bool stream in new[] { true, false })
        {
            await using ChatServer server = await ChatServer.StartAsync((_, context) => Send(context, form, stream, finish));
            StageResult result = Teach(server, stream);
            Assert.Empty(_bench.Output<Trace>("traces.jsonl"));
            FailedReply failure = Assert.Single(_bench.Output<FailedReply>("failures.jsonl"));
            Assert.Equal((reason, Thinking, "", 100), (failure.Reason, failure.Thinking, failure.Answer, failure.Tokens));
            Assert.Equal((1L, 1L), (result.Counts["failed"], result.Counts["failed" + reason]));
        }
    }

    [Theory]
    [InlineData("", "stop", "Empty")]
    [InlineData("The total is 42.", "stop", "MissingTags")]
    [InlineData("<think>\n\n</think>\n\nAnswer: 42", "stop", "Empty")]
    [InlineData("<think>a</think> b <think>c</think> d", "stop", "StrayTags")]
    [InlineData("<think>The user asks for harm.</think>I\u2019m sorry, but I can\u2019t help with that.", "stop", "Refusal")]
    [InlineData("<think>Hm.</think>", "content_filter", "Refusal")]
    [InlineData("<think>Let me see.</think>I cannot determine x from this, since y is free. Answer: none", "stop", null)]
    public async Task Should_SayWhy_When_AReplyIsNoTrace(string content, string finish, string? reason)
    {
        await using ChatServer server = await ChatServer.StartAsync((body, context) => Replies.TextAsync(body, context, content, finish: finish));
        Teach(server, stream: true);
        Assert.Equal(reason, _bench.Output<FailedReply>("failures.jsonl").SingleOrDefault()?.Reason);
        Assert.Equal(reason is null ? 1 : 0, _bench.Output<Trace>("traces.jsonl").Count);
    }

    [Fact]
    public async Task Should_KeepWhatTheServerSent_When_ItAnswers()
    {
        await using ChatServer server = await ChatServer.StartAsync((_, context) => Send(context, "reasoning", stream: true, "stop"));
        EndpointOptions endpoint = Bench.Endpoint(server.Url);
        ChatCall call = ChatCall.Of(endpoint, [new("system", "Be brief."), new("user", "3 + 4?")]);
        using RemoteModel model = new(endpoint, new RemoteCalls(_bench.Calls));
        CallEntry sent = (await model.CallAsync(call, default)).Entry!;
        CallEntry kept = new CallStore(_bench.Calls).Find(call.Key)!;
        Assert.Equal(sent.Reply, kept.Reply);
        Assert.Equal(
            ("stop", 10, 100, 61, "teacher"),
            (kept.Reply.FinishReason, kept.Reply.PromptTokens, kept.Reply.ReplyTokens, kept.Reply.ReasoningTokens, kept.Reply.Model));
        Assert.Equal(CanonicalJson.Write(call.Request), CanonicalJson.Write(kept.Request));
        string raw = new CallStore(_bench.Calls).Raw(call.Key);
        Assert.StartsWith("data: {", raw);
        Assert.Contains("\"reasoning\":\"First", raw);
        Assert.True(kept.Seconds > 0);
    }

    [Fact]
    public async Task Should_SendWhatWasAsked_When_OptionsAreSet()
    {
        await using ChatServer server = await ChatServer.StartAsync((body, context) => Replies.TextAsync(body, context, "fine"));
        EndpointOptions endpoint = Bench.Endpoint(server.Url) with
        {
            Sampling =
                new SamplingOptions { Temperature = 0.6, TopP = 0.95, MaxTokens = 77, Seed = 5, Stop = ["END"], Extra = new JsonObject { ["top_k"] = 20 } },
        };
        using RemoteModel model = new(endpoint, new RemoteCalls(_bench.Calls));
        await model.CallAsync(ChatCall.Of(endpoint, [new("system", "s"), new("user", "u")], Schema), default);
        JsonObject body = Assert.Single(server.Requests);
        Assert.Equal(
            ("teacher", 0.6, 0.95, 77, 5, 20),
            ((string)body["model"]!, (double)body["temperature"]!, (double)body["top_p"]!, (int)body["max_tokens"]!, (int)body["seed"]!, (int)body["top_k"]!));
        Assert.Equal("""["END"]""", body["stop"]!.ToJsonString());
        Assert.Equal(["system", "user"], body["messages"]!.AsArray().Select(message => (string)message!["role"]!));
        Assert.Equal(Schema, body["response_format"]!["json_schema"]!["schema"]!.ToJsonString());
        Assert.False(body.ContainsKey("max_completion_tokens"));
        Assert.Equal([""], server.Headers);
    }

    private StageResult Teach(ChatServer server, bool stream)
    {
        _bench.Input("questions", [new Question("q", "3 + 4?", "7")]);
        return _bench.Run(
            new TeachStage(), new TeachOptions { Endpoint = Bench.Endpoint(server.Url, Bench.Quick with { Stream = stream }), Prompt = "{question}" });
    }

    private static Task Send(HttpContext context, string form, bool stream, string finish)
    {
        (JsonObject message, int cut) = form switch
        {
            "reasoning" => (new JsonObject { ["reasoning"] = Thinking, ["content"] = Answer }, 20),
            "reasoning_content" => (new JsonObject { ["reasoning_content"] = Thinking, ["content"] = Answer }, 20),
            "both" => (new JsonObject { ["reasoning"] = Thinking, ["reasoning_content"] = Thinking, ["content"] = Answer }, 20),
            "inline" => (new JsonObject { ["content"] = $"<think>\n{Thinking}\n</think>\n\n{Answer}" }, 20),
            "inline upper case" => (new JsonObject { ["content"] = $"\n<THINK>{Thinking}</Think>{Answer}" }, 20),
            "split tag" => (new JsonObject { ["content"] = $"<think>\n{Thinking}\n</think>\n\n{Answer}" }, 3),
            "missing open" => (new JsonObject { ["content"] = $"{Thinking}\n</think>\n\n{Answer}" }, 20),
            "field and stray close" => (new JsonObject { ["reasoning"] = Thinking, ["content"] = $"\n</think>\n{Answer}" }, 20),
            "missing close" => (new JsonObject { ["content"] = $"<think>\n{Thinking}" }, 20),
            "reasoning without answer" => (new JsonObject { ["reasoning"] = Thinking, ["content"] = "" }, 20),
            "null content" => (new JsonObject { ["reasoning_content"] = Thinking, ["content"] = null }, 20),
            _ => throw new ArgumentOutOfRangeException(nameof(form)),
        };
        if (!stream)
        {
            return Replies.JsonAsync(context, Replies.Completion(message, finish, reasoningTokens: 61));
        }

        List<JsonObject> deltas = [new JsonObject { ["role"] = "assistant", ["content"] = "" }];
        string[] thought = [.. message.Select(pair => pair.Key).Where(name => name != "content")];
        if (thought.Length > 0)
        {
            deltas.AddRange(Runs(Thinking, cut).Select(text => new JsonObject(thought.Select(name => KeyValuePair.Create(name, (JsonNode?)text)))));
        }

        deltas.AddRange(Runs((string?)message["content"] ?? "", cut).Select(text => new JsonObject { ["content"] = text }));
        return Replies.StreamAsync(context, Replies.Pieces(deltas, finish, reasoningTokens: 61));
    }

    // Pieces of whole characters, as a detokenizer gives them.
    private static IEnumerable<string> Runs(string text, int length)
    {
        for (int at = 0; at < text.Length;)
        {
            int end = Math.Min(text.Length, at + length);
            end += end < text.Length && char.IsLowSurrogate(text[end]) ? 1 : 0;
            yield return text[at..end];
            at = end;
        }
    }
}
