using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using NaturalThoughts.Contracts;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Tests.Servers;

namespace NaturalThoughts.Teaching.Tests.Calling;

/// <summary>Servers that mean harm: they cannot fill memory, hang a run, or lead a key elsewhere.</summary>
public sealed class HostileServerTests : IDisposable
{
    private const string Variable = "NATURALTHOUGHTS_TEST_HOSTILE_KEY";
    private const string Key = "sk-hostile-0123456789/+abc";

    private readonly Bench _bench = new();

    public HostileServerTests() => Environment.SetEnvironmentVariable(Variable, Key);

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("line of 100 MB", "TooLarge")]
    [InlineData("endless stream", "TooLarge")]
    [InlineData("endless comments", "TooLarge")]
    [InlineData("large JSON", "TooLarge")]
    [InlineData("endless error", "Rejected")]
    [InlineData("deep JSON", "InvalidReply")]
    [InlineData("deep piece", "InvalidReply")]
    [InlineData("half a surrogate", "InvalidReply")]
    [InlineData("wrong types", "InvalidReply")]
    [InlineData("gzip bomb", "WrongType")]
    [InlineData("image", "WrongType")]
    public async Task Should_GiveUpSoon_When_TheReplyIsHostile(string what, string reason)
    {
        await using ChatServer server = await ChatServer.StartAsync(async (_, context) =>
        {
            try
            {
                await foreach (byte[] bytes in Hostile(what, context))
                {
                    await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
                }
            }
            catch (Exception error) when (error is OperationCanceledException or IOException)
            {
                // The client hung up.
            }
        });
        CountingHandler network = new();
        CallOutcome outcome = await Call(server.Url, Bench.Quick with { Retries = 1, MaxReplyBytes = 1_000_000 }, network);
        Assert.Equal((null, reason), (outcome.Entry, outcome.Reason));

        // Two attempts of one million bytes, and the last piece that was read.
        Assert.InRange(network.BytesRead, 0, 2_200_000);
        Assert.DoesNotContain(Directory.EnumerateFiles(_bench.Folder, "*", SearchOption.AllDirectories), path => new FileInfo(path).Length > 0);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Should_NotFollow_When_TheServerRedirects(int status)
    {
        await using ChatServer other = await ChatServer.StartAsync((body, context) => Replies.TextAsync(body, context, "stolen"));
        await using ChatServer server = await ChatServer.StartAsync((_, context) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = other.Url + "/chat/completions?" + Key;
            return Task.CompletedTask;
        });
        UserErrorException error = await Assert.ThrowsAsync<UserErrorException>(() => Call(server.Url, Bench.Quick));
        Assert.Contains("redirects", error.Message);
        Assert.DoesNotContain(Key, error.ToString());
        Assert.Empty(other.Requests);
        Assert.Equal($"Bearer {Key}", Assert.Single(server.Headers));
    }

    [Theory]
    [InlineData("hang", 0.2, 60, "Nothing came for 0.2 s")]
    [InlineData("drip", 60, 0.5, "not whole after 0.5 s")]
    [InlineData("stall", 60, 60, "Nothing came for 0.3 s")]
    public async Task Should_StopWaiting_When_TheReplyDoesNotCome(string what, double first, double attempt, string message)
    {
        await using ChatServer server = await ChatServer.StartAsync(async (_, context) =>
        {
            if (what != "hang")
            {
                context.Response.ContentType = "text/event-stream";
            }

            while (!context.RequestAborted.IsCancellationRequested)
            {
                if (what != "hang")
                {
                    await context.Response.WriteAsync(":\n", CancellationToken.None);
                    await context.Response.Body.FlushAsync(CancellationToken.None);
                }

                await Task.Delay(what == "drip" ? 20 : Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
        });
        CallLimits limits = Bench.Quick with { Retries = 0, FirstByteTimeout = first, AttemptTimeout = attempt, IdleTimeout = what == "stall" ? 0.3 : 60 };
        CallOutcome outcome = await Call(server.Url, limits);
        Assert.Equal("Timeout", outcome.Reason);
        Assert.Contains(message, outcome.Detail);
    }

    private async Task<CallOutcome> Call(string url, CallLimits limits, HttpMessageHandler? network = null)
    {
        EndpointOptions endpoint = Bench.Endpoint(url, limits) with { KeyVariable = Variable };
        using RemoteModel model = new(endpoint, new RemoteCalls(_bench.Calls), network: network);
        return await model.CallAsync(ChatCall.Of(endpoint, [new("user", "?")]), default);
    }

    private static async IAsyncEnumerable<byte[]> Hostile(string what, HttpContext context)
    {
        HttpResponse response = context.Response;
        response.ContentType = what switch
        {
            "deep JSON" or "large JSON" or "half a surrogate" or "wrong types" or "gzip bomb" => "application/json",
            "image" => "image/png",
            _ => "text/event-stream",
        };
        byte[] letters = Encoding.ASCII.GetBytes(new string(what == "deep JSON" ? '[' : 'a', 100_000));
        switch (what)
        {
            case "line of 100 MB" or "large JSON" or "deep JSON" or "deep piece":
                yield return Encoding.ASCII.GetBytes(
                    what switch { "line of 100 MB" => "data: ", "large JSON" => "{\"choices\":[{\"message\":{\"content\":\"", _ => "" });
                if (what == "deep piece")
                {
                    yield return Encoding.ASCII.GetBytes($"data: {new string('[', 100_000)}\n\n");
                    break;
                }

                for (int i = 0; i < (what == "deep JSON" ? 8 : 1000); i++)
                {
                    yield return letters;
                }

                break;
            case "endless stream" or "endless comments":
                byte[] piece = Encoding.ASCII.GetBytes(
                    what == "endless stream" ? "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"again and again\"}}]}\n\n" : ": nothing\n\n");
                byte[] many = [.. Enumerable.Repeat(piece, 1000).SelectMany(bytes => bytes)];
                for (int i = 0; i < 20_000; i++)
                {
                    yield return many;
                }

                break;
            case "endless error":
                response.StatusCode = (int)HttpStatusCode.BadRequest;
                for (int i = 0; i < 1000; i++)
                {
                    yield return letters;
                }

                break;
            case "half a surrogate":
                yield return """{"choices":[{"index":0,"finish_reason":"stop","message":{"content":"\ud835"}}]}"""u8.ToArray();
                break;
            case "wrong types":
                yield return """{"choices":[{"index":0,"finish_reason":7,"message":{"content":{"a":1}}}]}"""u8.ToArray();
                break;
            case "gzip bomb":
                response.Headers.ContentEncoding = "gzip";
                yield return CallStore.Compress(new byte[50_000_000]);
                break;
            case "image":
                yield return letters;
                break;
        }

        await Task.CompletedTask;
    }
}
