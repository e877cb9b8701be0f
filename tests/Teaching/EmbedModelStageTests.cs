using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Running;
using NaturalThoughts.Teaching.Tests.Calling;
using NaturalThoughts.Teaching.Tests.Servers;

namespace NaturalThoughts.Teaching.Tests;

/// <summary>Embeddings by a model behind an endpoint, against a server of the tests.</summary>
public sealed class EmbedModelStageTests : IDisposable
{
    private const string Variable = "NATURALTHOUGHTS_TEST_EMBEDDING_KEY";
    private const int Count = 50;

    private static readonly Question[] Questions =
        [.. Enumerable.Range(0, Count).Select(i => new Question($"q{i}", $"{i} \u00d7 \"{i}\"?", $"{i * i}") { Options = ["not", "sent"] })];

    private readonly Bench _bench = new();

    public EmbedModelStageTests() => _bench.Input("questions", Questions);

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("float", "as sent")]
    [InlineData("float", "reversed")]
    [InlineData("float", "without index")]
    [InlineData("base64", "as sent")]
    [InlineData("base64", "reversed")]
    public async Task Should_GiveEachQuestionItsVector_When_AServerOrdersAndEncodesAsItLikes(string encoding, string order)
    {
        EmbeddingServer embeddings = new(order: order);
        await using ChatServer server = await ChatServer.StartAsync(embeddings.AnswerAsync);

        StageResult result = Run(server, options => options with { Encoding = encoding, Batch = 16 });

        AssertVectors(Questions);
        Assert.Equal((50L, 0L), (result.Counts["rows"], result.Counts["generatedTokens"]));
        Assert.Equal((50, 4, 500, 0), (result.Measured["calls"], result.Measured["requests"], result.Measured["promptTokens"], result.Measured["callsFound"]));
        Assert.Equal([2, 16, 16, 16], server.Requests.Select(body => EmbeddingServer.Texts(body).Length).Order());
        Assert.All(
            server.Requests, body => Assert.Equal(["encoding_format", "input", "model"], body.Select(member => member.Key).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Should_GetEachVectorOnce_When_ThreeOfTenRepliesAreFaults()
    {
        const int Many = 3000;
        EmbeddingServer faulty = new(faults: 0.3);
        await using ChatServer server = await ChatServer.StartAsync(faulty.AnswerAsync);
        Question[] questions = [.. Enumerable.Range(0, Many).Select(i => new Question($"q{i}", $"{i} + 1?", $"{i + 1}"))];
        _bench.Input("questions", questions);
        EmbedModelOptions Options(EmbedModelOptions options) =>
            options with { Batch = 4, Endpoint = Bench.Endpoint(server.Url, Bench.Quick with { Retries = 40, StartConcurrency = 8, MaxConcurrency = 32 }) };

        StageResult result = Run(server, Options);

        AssertVectors(questions);
        Assert.All(questions, question => Assert.Equal(1, faulty.Sent[question.Text]));
        Assert.Equal(18, faulty.Faults.Count);
        Assert.Equal((Many, Many / 4), (result.Measured["calls"], result.Measured["requests"]));

        // Each request was answered, or is counted as a fault.
        double faults = result.Measured.Where(pair => pair.Key.StartsWith("fault", StringComparison.Ordinal)).Sum(pair => pair.Value);
        Assert.Equal(server.Requests.Count, (Many / 4) + faults);
        Assert.Equal(faulty.Faults["429"], result.Measured["faultBusy"]);
    }

    [Fact]
    public async Task Should_SendNewTextsOnly_When_OthersAreKept()
    {
        await using ChatServer server = await ChatServer.StartAsync(new EmbeddingServer().AnswerAsync);
        Run(server, options => options with { Batch = 16 });
        byte[] before = _bench.OutputBytes("embeddings.jsonl");
        int sent = server.Requests.Count;

        // The same offline, in other batches and another form; then one more question in another order, whose text appears twice.
        StageResult again = Run(server, options => options with { Batch = 7, Encoding = "base64" }, new RemoteCalls(_bench.Calls) { Offline = true });
        Assert.Equal((0, 50), (again.Measured["calls"], again.Measured["callsFound"]));
        Assert.Equal(before, _bench.OutputBytes("embeddings.jsonl"));
        Assert.Equal(sent, server.Requests.Count);
        Question[] more = [new Question("new", "new?", "1"), .. Questions.Reverse(), new Question("copy", "new?", "1")];
        _bench.Input("questions", more);
        Assert.Equal((1, 1), (Run(server).Measured["calls"], server.Requests.Count - sent));
        Assert.Equal(["new?"], EmbeddingServer.Texts(server.Requests[^1]));
        AssertVectors(more);
    }

    [Fact]
    public async Task Should_KeepWhatWasAnswered_When_TheLimitOfCallsIsMet()
    {
        await using ChatServer server = await ChatServer.StartAsync(new EmbeddingServer().AnswerAsync);
        EmbedModelOptions Options(EmbedModelOptions options) =>
            options with { Batch = 10, Endpoint = options.Endpoint with { Prices = new CallPrices { InputPerMillion = 1000 } } };

        UserErrorException error = Assert.Throws<UserErrorException>(() =>
            Run(server, Options, new RemoteCalls(_bench.Calls) { Budget = new CallBudget(2, null) }));
        Assert.Equal(("--max-calls", ExitCode.TargetFailed), (error.Errors[0].Location, error.ExitCode));
        Assert.Equal(2, server.Requests.Count);

        // A request of 10 texts has at most its bytes, 90 or more, as tokens; the server counts 100.
        error = Assert.Throws<UserErrorException>(() => Run(server, Options, new RemoteCalls(_bench.Calls) { Budget = new CallBudget(null, 0.05m) }));
        Assert.Equal(("--max-cost", 2), (error.Errors[0].Location, server.Requests.Count));
        StageResult rest = Run(server, Options);
        Assert.Equal((30, 20, 3), (rest.Measured["calls"], rest.Measured["callsFound"], rest.Measured["requests"]));
        Assert.Equal(0.3, rest.Measured["cost"], 1e-9);
        Assert.Equal(Count, server.Requests.SelectMany(EmbeddingServer.Texts).Distinct().Count());
        AssertVectors(Questions);
    }

    [Fact]
    public async Task Should_EmbedTheOthers_When_OneTextIsTooLong()
    {
        EmbeddingServer embeddings = new();
        await using ChatServer server = await ChatServer.StartAsync((body, context) => EmbeddingServer.Texts(body).Contains(Questions[21].Text)
            ? Replies.JsonAsync(context, """{"error":{"message":"maximum context length is 8 tokens"}}""", 400)
            : embeddings.AnswerAsync(body, context));

        UserErrorException error = Assert.Throws<UserErrorException>(() => Run(server, options => options with { Batch = 16 }));

        Assert.Contains("1 of 50 rows got no answer", error.Message, StringComparison.Ordinal);
        Assert.Contains("maximum context length", error.Message, StringComparison.Ordinal);
        Assert.Equal(Count - 1, embeddings.Sent.Count);
    }

    [Theory]
    [InlineData("too few", "2 texts were sent, and 1 vectors came")]
    [InlineData("other length", "The vectors have 5 numbers, 4 were expected")]
    [InlineData("other length asked for", "The vectors have 4 numbers, 256 were expected")]
    public async Task Should_FailAndKeepNone_When_RepliesAreWrongTimeAndAgain(string what, string said)
    {
        // Given: all texts but two have their vector
        bool isBad = false;
        EmbeddingServer right = new(), wide = new(width: 5);
        await using ChatServer server = await ChatServer.StartAsync((body, context) =>
        {
            body.Remove("dimensions");
            JsonObject reply = (isBad && what == "other length" ? wide : right).Reply(body);
            if (isBad && what == "too few")
            {
                reply["data"]!.AsArray().RemoveAt(0);
            }

            return Replies.JsonAsync(context, reply.ToJsonString());
        });
        _bench.Input("questions", Questions[..48]);
        Run(server);
        _bench.Input("questions", Questions);
        isBad = true;

        // When
        UserErrorException error = Assert.Throws<UserErrorException>(() => Run(server, options => options with
        {
            Batch = 50,
            Dimensions = what == "other length asked for" ? 256 : null,
            Endpoint = Bench.Endpoint(server.Url, Bench.Quick with { Retries = 2 }),
        }));

        // Then: a wrong count may be an accident, another length is none
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Equal(what == "too few" ? 4 : 2, server.Requests.Count);
        Assert.Equal(48, Directory.EnumerateFiles(Path.Combine(_bench.Calls, "entries"), "*.gz", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task Should_AskForTheLength_When_DimensionsAreGiven()
    {
        await using ChatServer server = await ChatServer.StartAsync(new EmbeddingServer().AnswerAsync);
        Run(server);
        Run(server, options => options with { Dimensions = 3 });

        // Another length is another vector, kept beside the first.
        Assert.All(_bench.Output<Embedding>("embeddings.jsonl"), row => Assert.Equal(3, row.Vector.Length));
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(3, (int)server.Requests[^1]["dimensions"]!);
    }

    [Fact]
    public async Task Should_GiveTheBytesOfOneRun_When_PartsAreJoined()
    {
        await using ChatServer server = await ChatServer.StartAsync(new EmbeddingServer().AnswerAsync);
        Run(server);
        byte[] whole = _bench.OutputBytes("embeddings.jsonl");
        for (int i = 0; i < 3; i++)
        {
            Run(server, options => options with { Shard = new ShardOptions { Index = i, Count = 3 } }, new RemoteCalls(_bench.Calls) { Offline = true });
            string part = Path.Combine(_bench.Folder, $"shard{i}.jsonl");
            File.Copy(Path.Combine(_bench.Folder, "out", "embeddings.jsonl"), part);
            _bench.Inputs[JoinShardsStage.Part(i)] = part;
        }

        _bench.Run(new JoinShardsStage(), new JoinShardsOptions(3));
        Assert.Equal(whole, _bench.OutputBytes(JoinShardsStage.Output));
    }

    [Fact]
    public async Task Should_LeaveTheKeyOutOfEverything_When_TheServerSendsItBack()
    {
        const string Key = "sk-planted/9f8e7d6c5b4a";
        Environment.SetEnvironmentVariable(Variable, Key);
        EmbeddingServer embeddings = new();
        await using ChatServer server = await ChatServer.StartAsync((body, context) =>
        {
            JsonObject reply = embeddings.Reply(body);
            reply["model"] = $"model of {Key}";
            return Replies.JsonAsync(context, reply.ToJsonString());
        });

        Run(server, options => options with { Endpoint = options.Endpoint with { KeyVariable = Variable } });

        AssertVectors(Questions);
        Assert.All(server.Headers, header => Assert.Equal($"Bearer {Key}", header));
        Assert.DoesNotContain("9f8e7d6c5b4a", _bench.Everything(), StringComparison.Ordinal);
        Assert.Contains("model of [key]", _bench.Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_KeepItsKey_When_TheCodeChanges()
    {
        // Another key would make every kept vector worthless. The digest is `sha256sum` of this text.
        const string Canonical = """{"dimensions":null,"embed":"u","endpoint":"https://host.example/v1","format":1,"model":"m"}""";
        EndpointOptions endpoint = new() { Url = "HTTPS://host.example:443/v1/", Model = "m", Limits = Bench.Quick, Sampling = new() { MaxTokens = 1 } };
        EmbeddingCall call = EmbeddingCall.Of(endpoint, "u");
        Assert.Equal(Canonical, CanonicalJson.Write(call.Request));
        Assert.Equal("a3e49feb27da1be96384fd76eaa840bdc479ecfc270ce17c00684d6d84cc6cc5", call.Key.Hex);
        Assert.NotEqual(call.Key, EmbeddingCall.Of(endpoint, "u", 3).Key);
        Assert.NotEqual(call.Key, EmbeddingCall.Of(endpoint, "u ").Key);
        Assert.NotEqual(call.Key, EmbeddingCall.Of(endpoint with { Model = "n" }, "u").Key);
    }

    [Fact]
    public void Should_KeepEveryBit_When_AVectorIsText()
    {
        // Python: base64.b64encode(struct.pack('<3f', 3, 0.5, -0.0))
        Assert.Equal("AABAQAAAAD8AAACA", EmbeddingVector.ToText([3f, 0.5f, -0f]));
        float[] vector = [float.Epsilon, float.MaxValue, -0f, 1f / 3];
        Assert.Equal(
            vector.Select(BitConverter.SingleToInt32Bits), EmbeddingVector.FromText(EmbeddingVector.ToText(vector)).Select(BitConverter.SingleToInt32Bits));
        Assert.Throws<FormatException>(() => EmbeddingVector.FromText("AABA"));
    }

    private StageResult Run(ChatServer server, Func<EmbedModelOptions, EmbedModelOptions>? change = null, RemoteCalls? remote = null)
    {
        EmbedModelOptions options = new() { Endpoint = Bench.Endpoint(server.Url) };
        return _bench.Run(new EmbedModelStage(), change?.Invoke(options) ?? options, remote);
    }

    private void AssertVectors(Question[] questions)
    {
        List<Embedding> rows = _bench.Output<Embedding>("embeddings.jsonl");
        Assert.Equal(questions.Select(question => question.Id), rows.Select(row => row.QuestionId));
        Assert.Equal(questions.Select(question => EmbeddingServer.VectorOf(question.Text)), rows.Select(row => row.Vector));
    }
}
