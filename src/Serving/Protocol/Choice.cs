using System.Text;

namespace NaturalThoughts.Serving.Protocol;

/// <summary>One reply as it is gathered.</summary>
internal sealed class Choice
{
    private readonly StringBuilder _content = new();
    private readonly StringBuilder _reasoning = new();
    private readonly List<TokenLogprob> _logprobs = [];

    /// <summary>The text of the answer so far, without the thinking.</summary>
    public string Content => _content.ToString();

    /// <summary>The thinking; null where there was none.</summary>
    public string? Reasoning => _reasoning.Length > 0 ? _reasoning.ToString() : null;

    /// <summary>Log-probabilities of all tokens.</summary>
    public IReadOnlyList<TokenLogprob> Logprobs => _logprobs;

    /// <summary>Why the reply ended, in OpenAI's words: stop or length.</summary>
    public string FinishReason { get; private set; } = "stop";

    /// <summary>Tokens of the reply, thinking included.</summary>
    public int Tokens { get; private set; }

    /// <summary>Tokens of the thinking.</summary>
    public int ReasoningTokens { get; private set; }

    /// <summary>Tokens of the prompt.</summary>
    public int PromptTokens { get; private set; }

    /// <summary>Adds the next piece to the reply.</summary>
    public void Add(ReplyPiece piece)
    {
        (piece.IsReasoning ? _reasoning : _content).Append(piece.Text);
        _logprobs.AddRange(piece.Logprobs);
        Tokens += piece.Tokens;
        ReasoningTokens += piece.IsReasoning ? piece.Tokens : 0;
        PromptTokens = Math.Max(PromptTokens, piece.PromptTokens);
        FinishReason = piece.FinishReason ?? FinishReason;
    }
}
