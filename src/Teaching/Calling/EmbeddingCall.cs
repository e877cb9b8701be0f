using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>One text to embed: all that decides its vector, and nothing of how it is sent or with which others.</summary>
public sealed class EmbeddingCall
{
    private const int KeyFormat = 1;

    private EmbeddingCall(string text, int? dimensions, JsonObject request) =>
        (Text, Dimensions, Request, Key) = (text, dimensions, request, CanonicalJson.Hash(request));

    /// <summary>The text that is embedded.</summary>
    public string Text { get; }

    /// <summary>The length that is asked for; null for the model's own.</summary>
    public int? Dimensions { get; }

    /// <summary>Endpoint, model, text and dimensions: what the key is the digest of.</summary>
    public JsonObject Request { get; }

    /// <summary>SHA-256 of the request's canonical JSON.</summary>
    public ContentHash Key { get; }

    /// <summary>The call of an endpoint's model for the vector of one text.</summary>
    /// <param name="endpoint">Endpoint and model; its sampling, limits, prices and the key's variable play no part.</param>
    /// <param name="text">The text.</param>
    /// <param name="dimensions">The length that is asked for; null for the model's own.</param>
    public static EmbeddingCall Of(EndpointOptions endpoint, string text, int? dimensions = null) => new(text, dimensions, new JsonObject
    {
        ["format"] = KeyFormat,
        ["endpoint"] = EndpointAddress.Normal(endpoint.Url),
        ["model"] = endpoint.Model,
        ["embed"] = text,
        ["dimensions"] = dimensions,
    });
}
