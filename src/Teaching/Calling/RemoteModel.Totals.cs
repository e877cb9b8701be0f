namespace NaturalThoughts.Teaching.Calling;

/// <content>What was called so far.</content>
public sealed partial class RemoteModel
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _faults = new(StringComparer.Ordinal);
    private CallTotals _totals = new();
    private long? _first;

    /// <summary>Counts of calls, tokens and cost so far.</summary>
    public CallTotals Totals
    {
        get
        {
            lock (_lock)
            {
                return _totals with
                {
                    Faults = new SortedDictionary<string, long>(_faults, StringComparer.Ordinal),
                    Seconds = _first is { } first ? _clock.GetElapsedTime(first).TotalSeconds : 0,
                };
            }
        }
    }

    private CallOutcome Hit(CallEntry entry)
    {
        lock (_lock)
        {
            _totals = _totals with { Found = _totals.Found + 1 };
        }

        return new CallOutcome(entry);
    }

    private CallOutcome Answered(CallEntry entry, decimal cost)
    {
        Interlocked.Exchange(ref _unansweredInARow, 0);
        lock (_lock)
        {
            _totals = _totals with
            {
                Answered = _totals.Answered + 1,
                Requests = _totals.Requests + 1,
                PromptTokens = _totals.PromptTokens + (entry.Reply.PromptTokens ?? 0),
                ReplyTokens = _totals.ReplyTokens + (entry.Reply.ReplyTokens ?? 0),
                Cost = _totals.Cost + cost,
            };
        }

        return new CallOutcome(entry);
    }

    private void AnsweredTogether(int count, int? tokens, decimal cost)
    {
        Interlocked.Exchange(ref _unansweredInARow, 0);
        lock (_lock)
        {
            _totals = _totals with
            {
                Answered = _totals.Answered + count,
                Requests = _totals.Requests + 1,
                PromptTokens = _totals.PromptTokens + (tokens ?? 0),
                Cost = _totals.Cost + cost,
            };
        }
    }

    private CallOutcome Unanswered(string reason, string detail)
    {
        lock (_lock)
        {
            _totals = _totals with { Unanswered = _totals.Unanswered + 1 };
        }

        return new CallOutcome(null, reason, detail);
    }

    private void NoteFault(CallFaultException fault)
    {
        lock (_lock)
        {
            _faults[fault.Kind.ToString()] = _faults.GetValueOrDefault(fault.Kind.ToString()) + 1;
        }
    }

    private void NoteStart()
    {
        lock (_lock)
        {
            _first ??= _clock.GetTimestamp();
        }
    }

    private int MeanReply()
    {
        lock (_lock)
        {
            return (int)(_totals.Answered > 0 ? _totals.ReplyTokens / _totals.Answered : Math.Min(1000, _endpoint.Sampling.MaxTokens));
        }
    }
}
