using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>One call of a chat model: all that decides what is asked, and nothing of how it is sent.</summary>
public sealed class ChatCall
{
    private const int KeyFormat = 1;

    private ChatCall(IReadOnlyList<ChatMessageText> messages, string? schema, JsonObject request) =>
        (Messages, Schema, Request, Key) = (messages, schema, request, CanonicalJson.Hash(request));

    /// <summary>The messages in order, the system's included.</summary>
    public IReadOnlyList<ChatMessageText> Messages { get; }

    /// <summary>The JSON schema that the reply must follow; null for free text.</summary>
    public string? Schema { get; }

    /// <summary>Endpoint, model, messages, sampling, schema and sample index: what the key is the digest of.</summary>
    public JsonObject Request { get; }

    /// <summary>SHA-256 of the request's canonical JSON.</summary>
    public ContentHash Key { get; }

    /// <summary>The call of an endpoint's model with messages and sampling.</summary>
    /// <param name="endpoint">Endpoint, model and sampling; its limits, prices and the key's variable play no part.</param>
    /// <param name="messages">The messages, at least one.</param>
    /// <param name="schema">A JSON schema as text, or null.</param>
    /// <param name="sample">0 for the first reply to these messages, 1 for the second, and so on.</param>
    public static ChatCall Of(EndpointOptions endpoint, IReadOnlyList<ChatMessageText> messages, string? schema = null, int sample = 0)
    {
        SamplingOptions sampling = endpoint.Sampling;
        JsonObject request = new()
        {
            ["format"] = KeyFormat,
            ["endpoint"] = EndpointAddress.Normal(endpoint.Url),
            ["model"] = endpoint.Model,
            ["messages"] = new JsonArray([.. messages.Select(message => new JsonObject { ["role"] = message.Role, ["content"] = message.Text })]),
            ["sampling"] = new JsonObject
            {
                ["temperature"] = sampling.Temperature,
                ["topP"] = sampling.TopP,
                ["maxTokens"] = sampling.MaxTokens,
                ["seed"] = sampling.Seed,
                ["stop"] = new JsonArray([.. sampling.Stop.Select(text => JsonValue.Create(text))]),
                ["extra"] = sampling.Extra?.DeepClone(),
            },
            ["schema"] = schema is null ? null : JsonNode.Parse(schema),
            ["sample"] = sample,
        };
        return new ChatCall(messages, schema, request);
    }

    /// <summary>The schema as an element; null for none.</summary>
    internal JsonElement? SchemaElement()
    {
        if (Schema is null)
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(Schema);
        return document.RootElement.Clone();
    }
}
