using System.Text;
using System.Text.Json.Nodes;

namespace NaturalThoughts.Serving.Protocol;

/// <summary>
/// Reads requests for chat completions and completions. What would change the reply and is not supported is refused; unknown members are ignored, as OpenAI
/// does.
/// </summary>
internal static class GenerationReader
{
    private const int MostChoices = 128;
    private const int MostTokens = 1 << 20;
    private const int MostStops = 16;
    private static readonly string[] Unsupported =
    [
        "tools", "functions", "logit_bias", "audio", "suffix", "echo", "best_of", "presence_penalty", "frequency_penalty",
    ];
    private static readonly string[] Without = ["false", "0", "0.0", "1", "[]", "{}", "\"\""];

    public static Generation Chat(RequestFields fields)
    {
        int? top = fields.Integer("top_logprobs", 0, 20);
        ModelRequest request = Common(fields) with
        {
            Messages = Messages(fields),
            MaxTokens = fields.Integer("max_completion_tokens", 1, MostTokens) ?? fields.Integer("max_tokens", 1, MostTokens),
            TopLogprobs = fields.Flag("logprobs")
                ? top ?? 0
                : top is > 0 ? throw new RefusedRequestException("'top_logprobs' needs 'logprobs'.", "top_logprobs") : null,
            Schema = Schema(fields),
        };
        return Of(fields, request, isChat: true);
    }

    public static Generation Completion(RequestFields fields)
    {
        string prompt = fields.Texts("prompt") is [var one] ? one : throw RequestFields.Wrong("prompt", "one text");
        ModelRequest request = Common(fields) with
        {
            Prompt = prompt,
            MaxTokens = fields.Integer("max_tokens", 1, MostTokens) ?? 16, // OpenAI's default
            TopLogprobs = fields.Integer("logprobs", 0, 5),
        };
        return Of(fields, request, isChat: false);
    }

    private static ModelRequest Common(RequestFields fields)
    {
        foreach (string name in Unsupported.Where(name => fields.Node(name) is { } node && !Without.Contains(node.ToJsonString())))
        {
            throw new RefusedRequestException($"'{name}' is not supported.", name, code: "unsupported_parameter");
        }

        return new ModelRequest
        {
            Temperature = fields.Number("temperature", 0, 2),
            TopP = fields.Number("top_p", 0, 1) switch
            {
                0 => throw RequestFields.Wrong("top_p", "above 0, at most 1"),
                var share => share,
            },
            Seed = fields.Long("seed"),
        };
    }

    private static Generation Of(RequestFields fields, ModelRequest request, bool isChat)
    {
        IReadOnlyList<string> stop = fields.Texts("stop");
        if (stop.Count > MostStops || stop.Any(text => text.Length == 0))
        {
            throw RequestFields.Wrong("stop", $"at most {MostStops} texts, none of them empty");
        }

        return new Generation
        {
            Model = fields.Text("model") ?? throw new RefusedRequestException("'model' is missing.", "model"),
            Request = request,
            IsChat = isChat,
            Choices = fields.Integer("n", 1, MostChoices) ?? 1,
            Stop = stop,
            Stream = fields.Flag("stream"),
            IncludeUsage = fields.Object("stream_options")?["include_usage"]?.ToJsonString() == "true",
        };
    }

    private static IReadOnlyList<ModelMessage> Messages(RequestFields fields)
    {
        if (fields.Node("messages") is not JsonArray { Count: > 0 } list)
        {
            throw RequestFields.Wrong("messages", "a list of at least one message");
        }

        return [.. list.Select((node, i) => Message(node as JsonObject ?? throw RequestFields.Wrong($"messages[{i}]", "an object"), $"messages[{i}]"))];
    }

    private static ModelMessage Message(JsonObject message, string where)
    {
        string role = RequestFields.AsText(message["role"], where + ".role") switch
        {
            "developer" => "system",
            ("system" or "user" or "assistant") and var known => known,
            _ => throw RequestFields.Wrong(where + ".role", "system, developer, user or assistant"),
        };
        StringBuilder content = new();
        foreach (JsonNode? part in message["content"] is JsonArray parts ? parts : [])
        {
            content.Append(part is JsonObject of && of["type"]?.ToJsonString() is "\"text\"" or "\"refusal\""
                ? RequestFields.AsText(((JsonObject)part)["text"] ?? ((JsonObject)part)["refusal"], where + ".content")
                : throw RequestFields.Wrong(where + ".content", "a text, or a list of parts of type 'text'"));
        }

        string text = message["content"] switch
        {
            JsonArray => content.ToString(),
            null when role == "assistant" => "",
            var node => RequestFields.AsText(node, where + ".content"),
        };
        return new ModelMessage(role, text);
    }

    private static JsonObject? Schema(RequestFields fields)
    {
        if (fields.Object("response_format") is not { } format)
        {
            return null;
        }

        return RequestFields.AsText(format["type"], "response_format.type") switch
        {
            "text" or "json_object" => null,
            "json_schema" => format["json_schema"]?["schema"] as JsonObject ?? throw RequestFields.Wrong("response_format.json_schema.schema", "an object"),
            _ => throw RequestFields.Wrong("response_format.type", "text, json_object or json_schema"),
        };
    }
}
