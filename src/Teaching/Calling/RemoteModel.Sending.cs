using NaturalThoughts.Contracts;
using Polly;

namespace NaturalThoughts.Teaching.Calling;

/// <content>How a request is sent, and sent again: the same for chats and embeddings.</content>
public sealed partial class RemoteModel
{
    /// <summary>Sends a request within all limits, and keeps the reply. Gives the last fault where there was none.</summary>
    /// <param name="attempts">The request on its way.</param>
    /// <param name="most">The most that it can cost.</param>
    /// <param name="ask">Sends it once.</param>
    /// <param name="keep">Keeps the reply and tells its cost.</param>
    /// <param name="cancellation">Asks to stop.</param>
    private async Task<CallFaultException?> SendAsync<T>(
        Attempts attempts, decimal most, Func<CallNotes, CancellationToken, Task<T>> ask, Func<T, TimeSpan, CallNotes, decimal> keep,
        CancellationToken cancellation)
    {
        decimal cost = 0;
        await OrStop(() => _remote.Budget.ReserveAsync(most, cancellation)).ConfigureAwait(false);
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellation);
        context.Properties.Set(RetryPolicies.CallKey, attempts.Key.Hex);
        try
        {
            (T reply, TimeSpan took, CallNotes notes) = await _retries.ExecuteAsync(
                async (state, self) => await self.AttemptAsync(attempts, ask, state.CancellationToken).ConfigureAwait(false), context, this)
                    .ConfigureAwait(false);
            cost = keep(reply, took, notes);
            return null;
        }
        catch (CallFaultException fault) when (fault.IsFatal)
        {
            throw StopFor(
                $"The endpoint '{_endpoint.Url}' takes no calls: {fault.Message}", "Check its address, the model's name, the key's variable and the account.");
        }
        catch (CallFaultException fault)
        {
            return Interlocked.Increment(ref _unansweredInARow) >= HopelessAfter
                ? throw StopFor(
                    $"The last {HopelessAfter} calls of the endpoint '{_endpoint.Url}' got no answer; the last one: {fault.Message}", "Check the server.")
                : fault;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            _remote.Budget.Settle(most, cost);
        }
    }

    private async Task<(T Reply, TimeSpan Took, CallNotes Notes)> AttemptAsync<T>(
        Attempts attempts, Func<CallNotes, CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        NoteStart();
        await _traffic.Rates.WaitAsync(attempts.Tokens(), cancellation).ConfigureAwait(false);
        int ticket = await _traffic.Gate.EnterAsync(cancellation).ConfigureAwait(false);
        CallNotes notes = new() { Stream = attempts.Stream, Texts = attempts.Texts };
        bool ended = false;
        try
        {
            ThrowIfStopped();
            await OrStop(() =>
            {
                _remote.Budget.TakeCall();
                return Task.CompletedTask;
            }).ConfigureAwait(false);
            long start = _clock.GetTimestamp();
            _notes.Value = notes;
            T reply = await ask(notes, cancellation).ConfigureAwait(false);
            TimeSpan took = _clock.GetElapsedTime(start);
            _traffic.Concurrency.Succeeded(ticket, notes.Stream ? notes.FirstByte : TimeSpan.Zero, took);
            ended = true;
            return (reply, took, notes);
        }
        catch (CallFaultException fault)
        {
            attempts.Note(fault);
            NoteFault(fault);
            if (fault.Kind == CallFaultKind.Busy)
            {
                _traffic.Concurrency.Refused(
                    ticket, fault.RetryAfter is { } wait ? TimeSpan.FromSeconds(Math.Min(wait.TotalSeconds, _endpoint.Limits.MaxBackoff)) : null);
                ended = true;
                _remote.Budget.ReturnCall();
            }

            throw;
        }
        finally
        {
            if (!ended)
            {
                _traffic.Concurrency.Failed();
            }

            _traffic.Gate.LetIn();
        }
    }

    private async Task OrStop(Func<Task> spend)
    {
        try
        {
            await spend().ConfigureAwait(false);
        }
        catch (UserErrorException error)
        {
            Interlocked.CompareExchange(ref _stopped, error, null);
            throw;
        }
    }

    private UserErrorException StopFor(string message, string hint)
    {
        UserErrorException error = new(message, "endpoint", hint + " Every finished call is kept.", ExitCode.TargetFailed);
        return Interlocked.CompareExchange(ref _stopped, error, null) ?? error;
    }

    private void ThrowIfStopped()
    {
        if (_stopped is { } error)
        {
            throw error;
        }
    }

    /// <summary>One request on its way: what failed so far, and whether a stream is still asked for.</summary>
    /// <param name="key">The call's key; the first one's of several.</param>
    /// <param name="tokens">The tokens that it is counted with.</param>
    /// <param name="stream">Whether a stream is asked for.</param>
    /// <param name="texts">Texts to embed; 0 for a chat.</param>
    private sealed class Attempts(ContentHash key, Func<int> tokens, bool stream, int texts = 0)
    {
        public ContentHash Key => key;

        public Func<int> Tokens => tokens;

        public int Texts => texts;

        public bool Stream { get; private set; } = stream;

        public SortedDictionary<string, int> Faults { get; } = new(StringComparer.Ordinal);

        public void Note(CallFaultException fault)
        {
            Faults[fault.Kind.ToString()] = Faults.GetValueOrDefault(fault.Kind.ToString()) + 1;
            Stream &= fault.Kind != CallFaultKind.DuplicatedPieces;
        }
    }
}
