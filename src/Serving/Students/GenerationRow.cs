using System.Threading.Channels;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Serving.Students;

/// <summary>One reply in the making: a row of a batch.</summary>
internal sealed class GenerationRow
{
    private readonly Channel<GeneratedToken> _tokens = Channel.CreateUnbounded<GeneratedToken>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    /// <summary>The token ids of the prompt.</summary>
    public required int[] Prompt { get; init; }

    /// <summary>New tokens at most, the end included.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>0 for the most likely token.</summary>
    public required double Temperature { get; init; }

    /// <summary>Probability of the nucleus that is sampled from, in (0, 1].</summary>
    public required double TopP { get; init; }

    /// <summary>Alternatives beside each log-probability; null for none.</summary>
    public required int? TopLogprobs { get; init; }

    /// <summary>The row's own draws.</summary>
    public required SeededRandom Random { get; init; }

    /// <summary>Tokens that end the reply.</summary>
    public required IReadOnlySet<int> Ends { get; init; }

    /// <summary>Cancelled when the caller no longer waits.</summary>
    public required CancellationToken Cancellation { get; init; }

    /// <summary>Tokens drawn so far.</summary>
    public int Count { get; private set; }

    /// <summary>The id of the token drawn last.</summary>
    public int Last { get; private set; }

    /// <summary>True when no more are wanted.</summary>
    public bool Ended { get; private set; }

    /// <summary>The tokens as they are drawn.</summary>
    public IAsyncEnumerable<GeneratedToken> Tokens(CancellationToken cancellation) => _tokens.Reader.ReadAllAsync(cancellation);

    /// <summary>Adds a token that was drawn.</summary>
    public void Add(int id, TokenLogprob? logprob)
    {
        (Last, Count) = (id, Count + 1);
        bool isEnd = Ends.Contains(id);
        Ended = isEnd || Count == MaxTokens;
        _tokens.Writer.TryWrite(new GeneratedToken(id, isEnd, Ended, logprob));
        if (Ended)
        {
            _tokens.Writer.Complete();
        }
    }

    /// <summary>Ends the reply without its last token.</summary>
    public void Fail(Exception error)
    {
        Ended = true;
        _tokens.Writer.TryComplete(error);
    }
}
