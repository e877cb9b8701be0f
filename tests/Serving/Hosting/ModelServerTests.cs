using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Serving.Hosting;

namespace NaturalThoughts.Serving.Tests.Hosting;

public sealed class ModelServerTests : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = Hang.Limit };
    private readonly EchoModel _model = new();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Should_ReplyWhole_When_NoStreamIsAsked()
    {
        await using ModelServer server = await StartAsync();
        JsonNode reply = await JsonAsync(
            server, "chat/completions", """{"model": "echo", "n": 2, "messages": [{"role": "user", "content": [{"type": "text", "text": "ab"}]}]}""");
        Assert.Equal("chat.completion", (string)reply["object"]!);
        Assert.Equal([0, 1], reply["choices"]!.AsArray().Select(choice => (int)choice!["index"]!));
        JsonNode message = reply["choices"]![1]!["message"]!;
        Assert.Equal(
            ("AB", "ab", "ab", "assistant"),
            ((string)message["content"]!, (string)message["reasoning"]!, (string)message["reasoning_content"]!, (string)message["role"]!));
        Assert.Equal("stop", (string)reply["choices"]![0]!["finish_reason"]!);
        int reasoning = (int)reply["usage"]!["completion_tokens_details"]!["reasoning_tokens"]!;
        Assert.Equal((7, 8, 15, 4), (Count(reply, "prompt_tokens"), Count(reply, "completion_tokens"), Count(reply, "total_tokens"), reasoning));
    }

    [Fact]
    public async Task Should_ReplyPieceByPiece_When_AStreamIsAsked()
    {
        await using ModelServer server = await StartAsync();
        using HttpResponseMessage response = await PostAsync(
            server, "chat/completions",
            """{"model": "echo", "stream": true, "stream_options": {"include_usage": true}, "messages": [{"role": "user", "content": "ab"}]}""");
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        string[] events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.All(events, line => Assert.StartsWith("data: ", line));
        Assert.Equal("data: [DONE]", events[^1]);
        JsonNode[] chunks = [.. events[..^1].Select(line => JsonNode.Parse(line["data: ".Length..])!)];
        JsonNode[] deltas = [.. chunks[..^1].Select(chunk => chunk["choices"]![0]!["delta"]!)];
        Assert.Equal("assistant", (string)deltas[0]["role"]!);
        Assert.Equal("ab", string.Concat(deltas.Select(delta => (string?)delta["reasoning_content"])));
        Assert.Equal("AB", string.Concat(deltas.Select(delta => (string?)delta["content"])));
        Assert.Equal("stop", (string)chunks[^2]["choices"]![0]!["finish_reason"]!);
        Assert.Empty(chunks[^1]["choices"]!.AsArray());
        Assert.Equal(4, Count(chunks[^1], "completion_tokens"));
    }

    [Fact]
    public async Task Should_GiveLogprobs_When_TheyAreAsked()
    {
        await using ModelServer server = await StartAsync();
        JsonNode chat = await JsonAsync(
            server, "chat/completions", """{"model": "echo", "logprobs": true, "top_logprobs": 1, "messages": [{"role": "user", "content": "a"}]}""");
        JsonNode token = Assert.Single(chat["choices"]![0]!["logprobs"]!["content"]!.AsArray())!;
        Assert.Equal(
            ("A", -0.5, 65, "?"), ((string)token["token"]!, (double)token["logprob"]!, (int)token["bytes"]![0]!, (string)token["top_logprobs"]![0]!["token"]!));
        JsonNode text = await JsonAsync(server, "completions", """{"model": "echo", "logprobs": 1, "prompt": "ab"}""");
        Assert.Equal("AB", (string)text["choices"]![0]!["text"]!);
        Assert.Equal(-1.5, (double)text["choices"]![0]!["logprobs"]!["top_logprobs"]![1]!["?"]!);
    }

    [Fact]
    public async Task Should_Embed_When_TheModelCan()
    {
        await using ModelServer server = await StartAsync();
        JsonNode floats = await JsonAsync(server, "embeddings", """{"model": "echo", "input": ["abc", "d"]}""");
        Assert.Equal([3f, 0.5f], floats["data"]![0]!["embedding"]!.AsArray().Select(value => (float)value!));
        JsonNode coded = await JsonAsync(server, "embeddings", """{"model": "echo", "input": "abc", "encoding_format": "base64"}""");
        Assert.Equal("AABAQAAAAD8=", (string)coded["data"]![0]!["embedding"]!); // Python: base64.b64encode(struct.pack('<2f', 3, 0.5))
    }

    [Theory]
    [InlineData("chat/completions", "{", 400, null)]
    [InlineData("chat/completions", "[]", 400, null)]
    [InlineData("chat/completions", "{\"model\": \"echo\", \"model\": \"echo\"}", 400, null)]
    [InlineData("chat/completions", "{\"model\": \"echo\"}", 400, "messages")]
    [InlineData("chat/completions", "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}", 400, "model")]
    [InlineData("chat/completions", "{\"model\": \"other\", \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}", 404, "model")]
    [InlineData("chat/completions", "{\"model\": \"echo\", \"messages\": [{\"role\": \"cook\", \"content\": \"a\"}]}", 400, "messages[0].role")]
    [InlineData(
        "chat/completions", "{\"model\": \"echo\", \"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image_url\"}]}]}", 400,
        "messages[0].content")]
    [InlineData("chat/completions", "{\"model\": \"echo\", \"temperature\": 3, \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}", 400, "temperature")]
    [InlineData("chat/completions", "{\"model\": \"echo\", \"n\": 0, \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}", 400, "n")]
    [InlineData("chat/completions", "{\"model\": \"echo\", \"tools\": [{}], \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}", 400, "tools")]
    [InlineData("chat/completions", "{\"model\": \"echo\", \"stream\": \"yes\", \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}", 400, "stream")]
    [InlineData("chat/completions", "{\"model\": \"echo\", \"messages\": [{\"role\": \"user\", \"content\": \"fail\"}]}", 422, "messages")]
    [InlineData("chat/completions", "{\"model\": \"echo\", \"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \"fail\"}]}", 422, "messages")]
    [InlineData("embeddings", "{\"model\": \"echo\", \"input\": []}", 400, "input")]
    [InlineData("embeddings", "{\"model\": \"echo\", \"input\": \"a\", \"dimensions\": 5}", 400, "dimensions")]
    [InlineData("nothing", "{}", 404, null)]
    [InlineData("models", "{}", 405, null)]
    public async Task Should_SayWhatIsWrong_When_ARequestIs(string path, string body, int status, string? parameter)
    {
        await using ModelServer server = await StartAsync();
        using HttpResponseMessage response = await PostAsync(server, path, body);
        Assert.Equal(status, (int)response.StatusCode);
        JsonNode error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.Equal(("invalid_request_error", parameter), ((string)error["type"]!, (string?)error["param"]));
    }

    [Fact]
    public async Task Should_AskForTheKey_When_ThereIsOne()
    {
        await using ModelServer server = await StartAsync(new ServeOptions { Key = "secret-1" });
        foreach ((string? key, HttpStatusCode expected) in
            new[]
            {
                (null, HttpStatusCode.Unauthorized), ("secret-2", HttpStatusCode.Unauthorized), ("", HttpStatusCode.Unauthorized),
                ("secret-1", HttpStatusCode.OK),
            })
        {
            using HttpRequestMessage request = new(HttpMethod.Get, server.Url + "/models");
            request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
            using HttpResponseMessage response = await _http.SendAsync(request);
            Assert.Equal(expected, response.StatusCode);
            Assert.DoesNotContain("secret-1", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Should_Refuse_When_AnotherNamePointsHere()
    {
        // As a web page does whose name was made to point to 127.0.0.1.
        await using ModelServer server = await StartAsync();
        foreach ((string host, HttpStatusCode expected) in
            new[] { ("evil.example", HttpStatusCode.Unauthorized), ("localhost", HttpStatusCode.OK), ("[::1]:80", HttpStatusCode.OK) })
        {
            using HttpRequestMessage request = new(HttpMethod.Get, server.Url + "/models");
            request.Headers.Host = host;
            using HttpResponseMessage response = await _http.SendAsync(request);
            Assert.Equal(expected, response.StatusCode);
        }
    }

    [Fact]
    public async Task Should_Refuse_When_TheBodyIsNotUtf8()
    {
        await using ModelServer server = await StartAsync();
        using HttpResponseMessage response = await _http.PostAsync(
            server.Url + "/completions", new ByteArrayContent([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}']));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Should_SendAway_When_TheQueueIsFull()
    {
        await using ModelServer server = await StartAsync(new ServeOptions { MaxRunning = 1, MaxWaiting = 1 });
        TaskCompletionSource gate = new();
        _model.Gate = gate.Task;
        const string Body = """{"model": "echo", "messages": [{"role": "user", "content": "ab"}]}""";
        Task<JsonNode> running = JsonAsync(server, "chat/completions", Body);
        await Hang.UntilAsync(() => _model.Begun == 1);
        Task<HttpResponseMessage>[] more = [PostAsync(server, "chat/completions", Body), PostAsync(server, "chat/completions", Body)];

        // One of the two waits for its turn; there is no place for the other.
        using HttpResponseMessage sentAway = await await Task.WhenAny(more);
        Assert.Equal(HttpStatusCode.TooManyRequests, sentAway.StatusCode);
        Assert.Equal("1", sentAway.Headers.GetValues("Retry-After").Single());
        Assert.Equal("rate_limit_error", (string)JsonNode.Parse(await sentAway.Content.ReadAsStringAsync())!["error"]!["type"]!);
        gate.SetResult();
        Assert.Equal("AB", (string)(await running)["choices"]![0]!["message"]!["content"]!);
        Assert.Single(await Task.WhenAll(more), response => response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Should_EndWhatIsUnderWay_When_ItIsStopped()
    {
        ModelServer server = await StartAsync();
        Task<JsonNode> reply = JsonAsync(server, "chat/completions", """{"model": "echo", "messages": [{"role": "user", "content": "ab"}]}""");
        await Hang.UntilAsync(() => _model.Begun == 1);
        await server.DisposeAsync();
        Assert.Equal("AB", (string)(await reply)["choices"]![0]!["message"]!["content"]!);
        await Assert.ThrowsAsync<HttpRequestException>(() => _http.GetAsync(server.Url));
    }

    [Fact]
    public async Task Should_EndAnyway_When_AReplyHangs()
    {
        ModelServer server = await StartAsync(new ServeOptions { Grace = TimeSpan.FromMilliseconds(1) });
        _model.Gate = new TaskCompletionSource().Task;
        Task<JsonNode> reply = JsonAsync(server, "chat/completions", """{"model": "echo", "messages": [{"role": "user", "content": "ab"}]}""");
        await Hang.UntilAsync(() => _model.Begun == 1);
        await server.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => reply);
        await Hang.UntilAsync(() => _model.Stopped == 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_StopTheReplies_When_TheCallerIsGone(bool stream)
    {
        await using ModelServer server = await StartAsync();
        _model.Gate = new TaskCompletionSource().Task;
        using CancellationTokenSource gone = new();
        string body = new JsonObject { ["model"] = "echo", ["n"] = 2, ["stream"] = stream, ["prompt"] = "ab" }.ToJsonString();
        Task<HttpResponseMessage> reply = _http.PostAsync(server.Url + "/completions", new StringContent(body, Encoding.UTF8, "application/json"), gone.Token);
        await Hang.UntilAsync(() => _model.Begun == 2);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reply);
        await Hang.UntilAsync(() => _model.Stopped == 2);
    }

    [Theory]
    [InlineData("0.0.0.0", "could use the models")]
    [InlineData("example.org", "not an IP address")]
    public async Task Should_RefuseToStart_When_TheAddressIsNotSafe(string host, string message)
    {
        UserErrorException error = await Assert.ThrowsAsync<UserErrorException>(() => StartAsync(new ServeOptions { Host = host }));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static int Count(JsonNode reply, string name) => (int)reply["usage"]![name]!;

    private Task<ModelServer> StartAsync(ServeOptions? options = null) => ModelServer.StartAsync([_model], options ?? new ServeOptions());

    private Task<HttpResponseMessage> PostAsync(ModelServer server, string path, string body) =>
        _http.PostAsync($"{server.Url}/{path}", new StringContent(body, Encoding.UTF8, "application/json"));

    private async Task<JsonNode> JsonAsync(ModelServer server, string path, string body)
    {
        using HttpResponseMessage response = await PostAsync(server, path, body);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }
}
