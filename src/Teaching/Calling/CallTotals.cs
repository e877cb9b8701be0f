namespace NaturalThoughts.Teaching.Calling;

/// <summary>Counts of calls, tokens and cost of a run so far.</summary>
public sealed record CallTotals
{
    /// <summary>Calls that were answered now.</summary>
    public long Answered { get; init; }

    /// <summary>Requests that were answered now: as many as calls, but fewer where several texts are embedded by one request.</summary>
    public long Requests { get; init; }

    /// <summary>Calls that were found in the store.</summary>
    public long Found { get; init; }

    /// <summary>Calls that got no answer.</summary>
    public long Unanswered { get; init; }

    /// <summary>Tokens of the prompts of calls answered now.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Tokens of their replies.</summary>
    public long ReplyTokens { get; init; }

    /// <summary>What the calls cost, in the unit of the prices.</summary>
    public decimal Cost { get; init; }

    /// <summary>Attempts that failed, by kind.</summary>
    public IReadOnlyDictionary<string, long> Faults { get; init; } = new SortedDictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Seconds since the first call.</summary>
    public double Seconds { get; init; }
}
