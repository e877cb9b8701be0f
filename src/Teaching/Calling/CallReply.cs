namespace NaturalThoughts.Teaching.Calling;

/// <summary>What a model replied, the same for every form on the wire.</summary>
public sealed record CallReply
{
    /// <summary>The message's text; empty where there is none. Think tags that the server left in it are still there.</summary>
    public string Content { get; init; } = "";

    /// <summary>What the server split off as reasoning (<c>reasoning</c> or <c>reasoning_content</c>); empty where it did not.</summary>
    public string Reasoning { get; init; } = "";

    /// <summary>A refusal in a field of its own; null where there is none.</summary>
    public string? Refusal { get; init; }

    /// <summary>Why the reply ended: <c>stop</c>, <c>length</c>, <c>content_filter</c>, ...</summary>
    public required string FinishReason { get; init; }

    /// <summary>Tokens of the prompt; null where the server does not say.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>Tokens of the reply, reasoning included; null where the server does not say.</summary>
    public int? ReplyTokens { get; init; }

    /// <summary>Tokens of the reasoning; null where the server does not say.</summary>
    public int? ReasoningTokens { get; init; }

    /// <summary>The model's name as the server gives it.</summary>
    public string? Model { get; init; }
}
