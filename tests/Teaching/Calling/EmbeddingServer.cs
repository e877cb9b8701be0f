using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NaturalThoughts.Contracts;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Tests.Servers;

namespace NaturalThoughts.Teaching.Tests.Calling;

/// <summary>
/// Embeds texts by a rule, in the order and form that a test wants; a share of its replies is faults, drawn from the texts and how often they came.
/// </summary>
internal sealed class EmbeddingServer(double faults = 0, int width = 4, string order = "as sent")
{
    private static readonly string[] Kinds =
        [
            "429", "500", "drop", "cut", "invalid JSON", "wrong type", "compressed", "error in 200", "too few", "too many", "same index twice",
            "index out of range", "NaN", "ragged", "not finite", "no data", "null", "text",
        ];

    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);

    /// <summary>How many faults of each kind were sent.</summary>
    public ConcurrentDictionary<string, int> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>How often a text's vector was sent in a right reply.</summary>
    public ConcurrentDictionary<string, int> Sent { get; } = new(StringComparer.Ordinal);

    /// <summary>The vector of a text: numbers that only float32 holds exactly.</summary>
    public static float[] VectorOf(string text, int width = 4) =>
        [.. Enumerable.Range(0, width).Select(i => (float)(SeededRandom.DrawDouble("vector", text, $"{i}") - 0.5))];

    public static string[] Texts(JsonObject body) => [.. body["input"]!.AsArray().Select(text => (string)text!)];

    public async Task AnswerAsync(JsonObject body, HttpContext context)
    {
        string[] texts = Texts(body);
        string asked = string.Join('\n', texts);
        SeededRandom random = SeededRandom.From(asked, $"{_asked.AddOrUpdate(asked, 1, (_, count) => count + 1)}");
        if (random.Chance(faults))
        {
            string fault = random.Pick(Kinds);
            Faults.AddOrUpdate(fault, 1, (_, count) => count + 1);
            await FailAsync(fault, body, context);
            return;
        }

        await Replies.JsonAsync(context, Reply(body).ToJsonString());
        foreach (string text in texts)
        {
            Sent.AddOrUpdate(text, 1, (_, count) => count + 1);
        }
    }

    /// <summary>A right reply to a request.</summary>
    public JsonObject Reply(JsonObject body)
    {
        string[] texts = Texts(body);
        int length = (int?)body["dimensions"] ?? width;
        List<JsonNode?> data = [.. texts.Select((text, index) =>
        {
            float[] vector = VectorOf(text, length);
            JsonNode value = (string)body["encoding_format"]! == "base64"
                ? EmbeddingVector.ToText(vector)
                : new JsonArray([.. vector.Select(number => JsonValue.Create(number))]);
            return (JsonNode)new JsonObject { ["object"] = "embedding", ["index"] = index, ["embedding"] = value };
        })];
        if (order == "reversed")
        {
            data.Reverse();
        }
        else if (order == "without index")
        {
            data.ForEach(item => item!.AsObject().Remove("index"));
        }

        return new JsonObject
        {
            ["object"] = "list",
            ["model"] = "embedder",
            ["data"] = new JsonArray([.. data]),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 10 * texts.Length, ["total_tokens"] = 10 * texts.Length },
        };
    }

    private async Task FailAsync(string fault, JsonObject body, HttpContext context)
    {
        JsonObject reply = Reply(body);
        JsonArray data = reply["data"]!.AsArray();
        JsonArray Numbers(int index) => [.. VectorOf("other", width + index).Select(number => JsonValue.Create(number))];
        switch (fault)
        {
            case "429" or "500":
                context.Response.StatusCode = fault == "429" ? 429 : 500;
                return;
            case "drop":
                context.Abort();
                return;
            case "cut":
                context.Response.ContentType = "application/json";
                context.Response.ContentLength = 1000;
                await context.Response.WriteAsync(reply.ToJsonString()[..40]);
                await context.Response.Body.FlushAsync();
                context.Abort();
                return;
            case "invalid JSON":
                await Replies.JsonAsync(context, reply.ToJsonString()[..40]);
                return;
            case "wrong type":
                context.Response.ContentType = "text/event-stream";
                await context.Response.WriteAsync($"data: {reply.ToJsonString()}\n\n");
                return;
            case "compressed":
                context.Response.Headers.ContentEncoding = "gzip";
                context.Response.ContentType = "application/json";
                await context.Response.Body.WriteAsync(new byte[1000]);
                return;
            case "error in 200":
                await Replies.JsonAsync(context, """{"error":{"message":"overloaded","code":503}}""");
                return;
            case "NaN":
                await Replies.JsonAsync(context, reply.ToJsonString().Replace("\"embedding\":[", "\"embedding\":[NaN,", StringComparison.Ordinal));
                return;
            case "too few":
                data.RemoveAt(data.Count - 1);
                break;
            case "too many":
                data.Add(new JsonObject { ["index"] = data.Count, ["embedding"] = Numbers(0) });
                break;
            case "same index twice":
                data[0]!["index"] = 1;
                break;
            case "index out of range":
                data[0]!["index"] = -1;
                break;
            case "ragged":
                data[0]!["embedding"] = data.Count > 1 ? Numbers(1) : [];
                break;
            case "not finite":
                data[^1]!["embedding"] = EmbeddingVector.ToText([1, float.NaN, 0, 0]);
                break;
            case "no data":
                reply.Remove("data");
                break;
            case "null":
                data[0]!["embedding"] = null;
                break;
            case "text":
                data[0]!["embedding"] = "not base64!";
                break;
        }

        await Replies.JsonAsync(context, reply.ToJsonString());
    }
}
