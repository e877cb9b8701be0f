using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace NaturalThoughts.Teaching.Tests.Servers;

/// <summary>Replies as servers of the protocol write them.</summary>
internal static class Replies
{
    /// <summary>The last message of a request.</summary>
    public static string LastMessage(JsonObject body) => (string)body["messages"]!.AsArray()[^1]!["content"]!;

    /// <summary>A whole completion.</summary>
    public static string Completion(JsonObject message, string? finish = "stop", int tokens = 100, int? reasoningTokens = null)
    {
        message["role"] = "assistant";
        return new JsonObject
        {
            ["id"] = "x",
            ["object"] = "chat.completion",
            ["model"] = "teacher",
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = finish }),
            ["usage"] = Usage(tokens, reasoningTokens),
        }.ToJsonString();
    }

    /// <summary>The pieces of a stream: one delta each, then the finish reason and the usage.</summary>
    public static IEnumerable<string> Pieces(IEnumerable<JsonObject> deltas, string? finish = "stop", int tokens = 100, int? reasoningTokens = null)
    {
        foreach (JsonObject delta in deltas)
        {
            yield return Piece(delta, null);
        }

        yield return Piece([], finish);
        yield return new JsonObject
        {
            ["id"] = "x",
            ["object"] = "chat.completion.chunk",
            ["model"] = "teacher",
            ["choices"] = new JsonArray(),
            ["usage"] = Usage(tokens, reasoningTokens),
        }.ToJsonString();
    }

    /// <summary>Writes an event stream, with <c>[DONE]</c> at the end.</summary>
    public static async Task StreamAsync(HttpContext context, IEnumerable<string> pieces)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (string piece in pieces.Append("[DONE]"))
        {
            await context.Response.WriteAsync($"data: {piece}\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    /// <summary>Answers with a text, as a stream where that was asked for.</summary>
    public static Task TextAsync(JsonObject body, HttpContext context, string content, string? reasoning = null, string finish = "stop", int tokens = 100)
    {
        JsonObject Part(string text, string? thought) =>
            thought is null ? new JsonObject { ["content"] = text } : new JsonObject { ["content"] = text, ["reasoning"] = thought };
        if (!(bool)body["stream"]!)
        {
            return JsonAsync(context, Completion(Part(content, reasoning), finish, tokens));
        }

        IEnumerable<JsonObject> deltas = [
            .. reasoning is null ? Array.Empty<JsonObject>() : [.. Cut(reasoning).Select(text => new JsonObject { ["reasoning"] = text })],
            .. Cut(content).Select(text => new JsonObject { ["content"] = text })];
        return StreamAsync(context, Pieces(deltas, finish, tokens));
    }

    /// <summary>Writes a JSON object as the reply.</summary>
    public static async Task JsonAsync(HttpContext context, string json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json);
    }

    /// <summary>A text in pieces of about twenty letters.</summary>
    public static IEnumerable<string> Cut(string text)
    {
        for (int at = 0; at < text.Length; at += 20)
        {
            yield return text.Substring(at, Math.Min(20, text.Length - at));
        }
    }

    private static string Piece(JsonObject delta, string? finish) => new JsonObject
    {
        ["id"] = "x",
        ["object"] = "chat.completion.chunk",
        ["model"] = "teacher",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
        ["usage"] = null,
    }.ToJsonString();

    private static JsonObject Usage(int tokens, int? reasoning)
    {
        JsonObject usage = new() { ["prompt_tokens"] = 10, ["completion_tokens"] = tokens, ["total_tokens"] = 10 + tokens };
        if (reasoning is not null)
        {
            usage["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = reasoning };
        }

        return usage;
    }
}
