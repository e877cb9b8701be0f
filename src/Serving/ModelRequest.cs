using System.Text.Json.Nodes;

namespace NaturalThoughts.Serving;

/// <summary>What a model is asked: a conversation, or a text to go on with.</summary>
public sealed record ModelRequest
{
    /// <summary>The conversation; empty where <see cref="Prompt"/> is given.</summary>
    public IReadOnlyList<ModelMessage> Messages { get; init; } = [];

    /// <summary>A text to go on with, without a chat template; null for a conversation.</summary>
    public string? Prompt { get; init; }

    /// <summary>0 for the most likely token at every step; null where the request does not say.</summary>
    public double? Temperature { get; init; }

    /// <summary>Nucleus, in (0, 1]; null where the request does not say.</summary>
    public double? TopP { get; init; }

    /// <summary>New tokens at most; null for the model's own limit.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The seed of all draws; null for one that nobody chose.</summary>
    public long? Seed { get; init; }

    /// <summary>Which of several replies to the same request: 0 for the first.</summary>
    public int Sample { get; init; }

    /// <summary>How many alternatives are wanted beside the log-probability of each token; null for no log-probabilities.</summary>
    public int? TopLogprobs { get; init; }

    /// <summary>The JSON schema that the reply should follow; null for none. A model may pass it over.</summary>
    public JsonObject? Schema { get; init; }

    /// <summary>The text that the model reads first: the prompt, or the first message of a user; null where there is neither.</summary>
    public string? FirstText => Prompt ?? Messages.FirstOrDefault(message => message.Role == "user")?.Content;
}
