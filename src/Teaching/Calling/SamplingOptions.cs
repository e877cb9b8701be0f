using System.Text.Json.Nodes;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>How a model draws its reply; all of it is in the call's key. What is null is left to the server.</summary>
public sealed record SamplingOptions
{
    /// <summary>Temperature; 0 for the most likely token.</summary>
    public double? Temperature { get; init; }

    /// <summary>Nucleus sampling: the share of probability that is drawn from.</summary>
    public double? TopP { get; init; }

    /// <summary>The most tokens of a reply, thinking included. Default 16,384, the paper's limit of a trace.</summary>
    public int MaxTokens { get; init; } = 16384;

    /// <summary>The seed that is sent to the server; null for none.</summary>
    public long? Seed { get; init; }

    /// <summary>Texts that end a reply. A stop text that occurs in the thinking cuts it (vLLM issue 14170).</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>Further members of the request's body, such as <c>top_k</c> or <c>chat_template_kwargs</c>.</summary>
    public JsonObject? Extra { get; init; }
}
