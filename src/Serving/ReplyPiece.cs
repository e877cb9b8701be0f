namespace NaturalThoughts.Serving;

/// <summary>A piece of a reply.</summary>
/// <param name="Text">Its text; may be empty.</param>
public sealed record ReplyPiece(string Text)
{
    /// <summary>True for thinking, which is sent in a field of its own.</summary>
    public bool IsReasoning { get; init; }

    /// <summary>Tokens that it stands for.</summary>
    public int Tokens { get; init; } = 1;

    /// <summary>Log-probabilities of its tokens where they were asked for; empty otherwise.</summary>
    public IReadOnlyList<TokenLogprob> Logprobs { get; init; } = [];

    /// <summary><c>stop</c> or <c>length</c> on the last piece; null on all others.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Tokens of the prompt, the same on each piece.</summary>
    public int PromptTokens { get; init; }
}
