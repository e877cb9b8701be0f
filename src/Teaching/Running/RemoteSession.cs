using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Reading;

namespace NaturalThoughts.Teaching.Running;

/// <summary>One run of a stage that calls a model: opens the model, writes records and failures in the order of the rows, tells progress, counts.</summary>
internal sealed class RemoteSession : IDisposable
{
    /// <summary>Each has an open file, its claim, while it is under way.</summary>
    private const int MostTogether = 4096;

    private readonly StageContext _context;
    private readonly List<string> _warnings = [];
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private long _unanswered;
    private string? _lastDetail;
    private long _tokens;

    /// <summary>Opens the model of a stage.</summary>
    /// <param name="context">The stage's context; its <see cref="StageContext.Remote"/> is needed.</param>
    /// <param name="endpoint">The model.</param>
    public RemoteSession(StageContext context, EndpointOptions endpoint)
    {
        _context = context;
        RemoteCalls remote = context.Remote ?? throw new InvalidOperationException("A stage that calls models needs a folder for its calls.");
        Model = new RemoteModel(endpoint, remote, warn: warning =>
        {
            lock (_warnings)
            {
                _warnings.Add(warning);
            }
        });
    }

    public RemoteModel Model { get; }

    /// <summary>Works on all rows. Records go to one file, failures to <see cref="FailedReply.File"/>.</summary>
    public void Run<TRow, T>(IReadOnlyList<TRow> rows, string records, Func<TRow, CancellationToken, Task<RowResult<T>>> work)
        where T : class =>
        Write(rows.Count, records, OrderedRun.Select(rows, Math.Max(64, 4 * Model.Endpoint.Limits.MaxConcurrency), work, Model.Stop, _context.Cancellation));

    /// <summary>Works on all rows, so many together; else the same. No more than <see cref="MostTogether"/> rows are under way.</summary>
    public void Run<TRow, T>(IReadOnlyList<TRow> rows, int batch, string records, Func<TRow[], CancellationToken, Task<IReadOnlyList<RowResult<T>>>> work)
        where T : class =>
        Write(
            rows.Count, records,
            OrderedRun.Select(rows.Chunk(batch), Math.Max(1, MostTogether / batch), work, Model.Stop, _context.Cancellation).SelectMany(results => results));

    /// <summary>Adds to a count of the run record.</summary>
    public void Count(string name, long more) => _counts[name] = _counts.GetValueOrDefault(name) + more;

    /// <summary>The stage's result: counts of rows and failures, which the calls decide; what was sent now is only measured.</summary>
    public StageResult Result()
    {
        CallTotals totals = Model.Totals;
        _counts.TryAdd("rows", 0);
        _counts[StageResult.GeneratedTokens] = _tokens;
        StageResult result = new()
        {
            Counts = _counts,
            Measured = new(StringComparer.Ordinal)
            {
                ["calls"] = totals.Answered,
                ["callsFound"] = totals.Found,
                ["callsUnanswered"] = totals.Unanswered,
                ["promptTokens"] = totals.PromptTokens,
                ["replyTokens"] = totals.ReplyTokens,
                ["cost"] = (double)totals.Cost,
                ["concurrency"] = Model.Concurrency.Limit,
            },
            Warnings = _warnings,
        };
        foreach ((string kind, long count) in totals.Faults)
        {
            result.Measured[$"fault{kind}"] = count;
        }

        return result;
    }

    public void Dispose() => Model.Dispose();

    private void Write<T>(int all, string records, IEnumerable<RowResult<T>> results)
        where T : class
    {
        List<FailedReply> failures = [];
        long done = 0;
        JsonLines.Write(_context.Output(records), results.Select(result =>
        {
            done++;
            Note(result.Failure, result.Unanswered, result.Tokens, failures);
            _context.Progress?.Report(new StageProgress(done, all, "rows", ProgressNote(done, all)) { Before = Math.Min(done, Model.Totals.Found) });
            return result.Record;
        }).OfType<T>().Select(record =>
        {
            Count("rows", 1);
            return record;
        }));
        JsonLines.Write(_context.Output(FailedReply.File), failures);
        if (_unanswered > Model.Endpoint.Limits.MaxUnanswered)
        {
            throw new UserErrorException(
                $"{_unanswered} of {all} rows got no answer from '{Model.Endpoint.Url}'; the last one: {_lastDetail}",
                "endpoint",
                "Every finished call is kept: run again to call the rest, or allow some with limits.maxUnanswered.",
                ExitCode.TargetFailed);
        }
    }

    private void Note(FailedReply? failure, bool unanswered, int tokens, List<FailedReply> failures)
    {
        _tokens += tokens;
        if (failure is null)
        {
            return;
        }

        failures.Add(failure);
        Count("failed", 1);
        Count($"failed{failure.Reason}", 1);
        if (unanswered)
        {
            _unanswered++;
            _lastDetail = failure.Detail;
        }
    }

    private string ProgressNote(long done, long all)
    {
        CallTotals totals = Model.Totals;
        double seconds = Math.Max(0.001, totals.Seconds);
        long fresh = Math.Max(0, done - totals.Found);
        string left = totals.Answered == 0 || fresh == 0 ? "" : $", {TimeSpan.FromSeconds(Math.Round(seconds / fresh * (all - done))):c} left";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{totals.Answered} calls, {totals.Found} kept, {totals.ReplyTokens / seconds:0} tokens/s, cost {totals.Cost:0.####}, "
            + $"{Model.Concurrency.InFlight} under way{left}");
    }
}
