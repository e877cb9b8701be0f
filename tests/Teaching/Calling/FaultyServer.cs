using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NaturalThoughts.Contracts;
using NaturalThoughts.Teaching.Tests.Servers;

namespace NaturalThoughts.Teaching.Tests.Calling;

/// <summary>A server that answers rightly seven times of ten; what it does else is drawn from the question and how often it was asked.</summary>
internal sealed class FaultyServer(Func<string, string> answer)
{
    private static readonly string[] Frequent =
        ["429", "429 with Retry-After", "500", "502", "cut", "invalid JSON", "wrong type", "empty choices", "duplicated", "drop", "error in 200", "compressed"];

    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);

    /// <summary>How many faults of each kind were sent.</summary>
    public ConcurrentDictionary<string, int> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>Right answers by question.</summary>
    public ConcurrentDictionary<string, int> Answered { get; } = new(StringComparer.Ordinal);

    public async Task AnswerAsync(JsonObject body, HttpContext context)
    {
        string question = Replies.LastMessage(body);
        SeededRandom random = SeededRandom.From(question, $"{_asked.AddOrUpdate(question, 1, (_, count) => count + 1)}");
        if (!random.Chance(0.3))
        {
            await Replies.TextAsync(body, context, answer(question));
            Answered.AddOrUpdate(question, 1, (_, count) => count + 1);
            return;
        }

        // Those that only end with a time limit are rare, so that the test is not long.
        string fault = random.Chance(0.004) ? "hang" : random.Chance(0.004) ? "drip" : random.Pick(Frequent);
        Faults.AddOrUpdate(fault, 1, (_, count) => count + 1);
        await FailAsync(fault, body, context, answer(question));
    }

    private static async Task FailAsync(string fault, JsonObject body, HttpContext context, string text)
    {
        HttpResponse response = context.Response;
        string[] pieces = [.. Replies.Pieces(Replies.Cut(text).Select(part => new JsonObject { ["content"] = part }))];
        switch (fault)
        {
            case "429":
                response.StatusCode = 429;
                break;
            case "429 with Retry-After":
                response.StatusCode = 429;
                response.Headers.RetryAfter = "1";
                break;
            case "500" or "502":
                await Replies.JsonAsync(context, """{"error":{"message":"out of memory"}}""", fault == "500" ? 500 : 502);
                break;
            case "cut":
                response.ContentType = "text/event-stream";
                await response.WriteAsync($"data: {pieces[0]}\n\ndata: {pieces[1][..20]}");
                break;
            case "invalid JSON":
                await Replies.JsonAsync(context, Replies.Completion(new JsonObject { ["content"] = text })[..40]);
                break;
            case "wrong type":
                response.ContentType = "text/html";
                await response.WriteAsync("<html>Please log in.</html>");
                break;
            case "empty choices":
                await Replies.JsonAsync(context, """{"choices":[]}""");
                break;
            case "duplicated" when (bool)body["stream"]!:
                await Replies.StreamAsync(context, [pieces[0], pieces[0], .. pieces[1..]]);
                break;
            case "drop" or "duplicated":
                response.ContentType = "text/event-stream";
                await response.WriteAsync($"data: {pieces[0]}\n\n");
                await response.Body.FlushAsync();
                context.Abort();
                break;
            case "error in 200":
                await Replies.JsonAsync(context, """{"error":{"message":"overloaded","code":503}}""");
                break;
            case "compressed":
                response.Headers.ContentEncoding = "gzip";
                response.ContentType = "application/json";
                await response.Body.WriteAsync(new byte[1000]);
                break;
            case "hang":
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
                break;
            case "drip":
                response.ContentType = "text/event-stream";
                while (!context.RequestAborted.IsCancellationRequested)
                {
                    await response.WriteAsync(":", CancellationToken.None);
                    await response.Body.FlushAsync(CancellationToken.None);
                    await Task.Delay(100, CancellationToken.None);
                }

                break;
        }
    }
}
