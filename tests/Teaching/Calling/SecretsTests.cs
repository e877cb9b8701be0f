using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Tests.Servers;

namespace NaturalThoughts.Teaching.Tests.Calling;

/// <summary>A key goes into one header and nowhere else, whatever a server does with it.</summary>
public sealed class SecretsTests : IDisposable
{
    private const string Variable = "NATURALTHOUGHTS_TEST_KEY";
    private const string Key = "sk-planted/9f8e7d6c5b4a+\"x\"";

    private readonly Bench _bench = new();
    private readonly List<string> _progress = [];

    public SecretsTests() => Environment.SetEnvironmentVariable(Variable, Key);

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("answer", true)]
    [InlineData("answer", false)]
    [InlineData("status 400", true)]
    [InlineData("status 401", true)]
    [InlineData("status 500", true)]
    [InlineData("content type", true)]
    public async Task Should_LeaveTheKeyOutOfEverything_When_TheServerSendsItBack(string where, bool stream)
    {
        await using ChatServer server = await ChatServer.StartAsync(async (body, context) =>
        {
            if (where == "answer")
            {
                await Replies.TextAsync(body, context, $"<think>The header is {Key}. Mind it.</think>Answer: Bearer {Key}", reasoning: null);
            }
            else if (where == "content type")
            {
                context.Response.Headers.ContentType = "text/sk-planted";
            }
            else
            {
                await Replies.JsonAsync(
                    context, new System.Text.Json.Nodes.JsonObject { ["error"] = $"wrong key: {Key}" }.ToJsonString(),
                    int.Parse(where[7..], System.Globalization.CultureInfo.InvariantCulture));
            }
        });
        _bench.Input("questions", [new Question("q", "What was the header?", "?")]);
        TeachOptions options = new()
        {
            Endpoint = Bench.Endpoint(server.Url, Bench.Quick with { Stream = stream, Retries = 1, MaxUnanswered = 1 }) with { KeyVariable = Variable },
            Prompt = "{question}",
        };

        string said = "";
        try
        {
            StageResult result = _bench.Run(new TeachStage(), options, progress: new Told(_progress));
            said = string.Join('\n', result.Warnings);
        }
        catch (UserErrorException error)
        {
            said = error.ToString();
        }

        Assert.All(server.Headers, header => Assert.Equal($"Bearer {Key}", header));
        Assert.NotEmpty(server.Headers);
        foreach (string text in new[] { _bench.Everything(), said, string.Join('\n', _progress) })
        {
            // A part of it that needs no escaping, so that no spelling is missed.
            Assert.DoesNotContain("9f8e7d6c5b4a", text);
        }

        if (where == "answer")
        {
            Trace trace = Assert.Single(_bench.Output<Trace>("traces.jsonl"));
            Assert.Equal(("The header is [key]. Mind it.", "Answer: Bearer [key]"), (trace.Thinking, trace.Answer));
        }
    }

    [Fact]
    public async Task Should_NameTheVariableOnly_When_ItIsNotSetOrUnusable()
    {
        await using ChatServer server = await ChatServer.StartAsync((body, context) => Replies.TextAsync(body, context, "x"));
        _bench.Input("questions", [new Question("q", "?", "?")]);
        TeachOptions options = new() { Endpoint = Bench.Endpoint(server.Url) with { KeyVariable = "NATURALTHOUGHTS_TEST_NOT_SET" }, Prompt = "{question}" };
        Assert.Contains("'NATURALTHOUGHTS_TEST_NOT_SET' is not set", Assert.Throws<UserErrorException>(() => _bench.Run(new TeachStage(), options)).Message);
        Environment.SetEnvironmentVariable("NATURALTHOUGHTS_TEST_BROKEN", "secret\nX-Other: 1");
        options = options with { Endpoint = options.Endpoint with { KeyVariable = "NATURALTHOUGHTS_TEST_BROKEN" } };
        Assert.DoesNotContain("secret", Assert.Throws<UserErrorException>(() => _bench.Run(new TeachStage(), options)).ToString());
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("https://user:sk-planted@host/v1")]
    [InlineData("https://host/v1?key=sk-planted")]
    [InlineData("https://host/v1#sk-planted")]
    [InlineData("ftp://host/v1")]
    [InlineData("host:8000")]
    public void Should_RefuseTheAddress_When_ItCouldHoldAKey(string url)
    {
        UserError error = Assert.Single(Bench.Endpoint(url).Validate());
        Assert.Equal("endpoint.url", error.Location);
        Assert.DoesNotContain("sk-planted", error.ToString());
    }

    private sealed class Told(List<string> notes) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => notes.Add(value.ToString());
    }
}
