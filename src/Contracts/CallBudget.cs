namespace NaturalThoughts.Contracts;

/// <summary>
/// How many calls may be sent and what they may cost, shared by all stages of a run; safe for many threads. The most that a call can cost
/// is set aside before it is sent, so that the limit holds whatever the answers turn out to cost.
/// </summary>
/// <param name="maxCalls">The most calls that are sent, repeated ones included; null for any number.</param>
/// <param name="maxCost">The most that they cost, in the unit of the prices; null for any.</param>
public sealed class CallBudget(long? maxCalls, decimal? maxCost)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _settled = NewSignal();
    private decimal _reserved;
    private int _open;

    /// <summary>Calls sent so far, repeated ones included.</summary>
    public long Calls { get; private set; }

    /// <summary>What the calls cost so far, in the unit of the prices.</summary>
    public decimal Cost { get; private set; }

    /// <summary>
    /// Sets aside the most that a call can cost. Waits while only calls under way stand against it, since they mostly cost less.
    /// Each reservation is ended by <see cref="Settle"/>.
    /// </summary>
    /// <exception cref="UserErrorException">The limit is met.</exception>
    public async Task ReserveAsync(decimal most, CancellationToken cancellation)
    {
        while (true)
        {
            Task settled;
            lock (_lock)
            {
                if (maxCost is not { } limit || Cost + _reserved + most <= limit)
                {
                    _reserved += most;
                    _open++;
                    return;
                }

                if (_open == 0 || Cost + most > limit)
                {
                    throw Met($"The next call may cost {most:0.######}, and {Cost:0.######} of {limit:0.######} are spent.", "--max-cost");
                }

                settled = _settled.Task;
            }

            await settled.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Ends a reservation: the call's cost takes the place of the most that it could cost.</summary>
    /// <param name="most">What was set aside.</param>
    /// <param name="cost">What the call cost.</param>
    public void Settle(decimal most, decimal cost)
    {
        TaskCompletionSource settled;
        lock (_lock)
        {
            _reserved -= most;
            _open--;
            Cost += cost;
            (settled, _settled) = (_settled, NewSignal());
        }

        settled.SetResult();
    }

    /// <summary>Counts a call that is about to be sent.</summary>
    /// <exception cref="UserErrorException">The limit is met.</exception>
    public void TakeCall()
    {
        lock (_lock)
        {
            if (Calls >= maxCalls)
            {
                throw Met($"{Calls} calls were sent.", "--max-calls");
            }

            Calls++;
        }
    }

    /// <summary>Takes back a call that the server refused to begin.</summary>
    public void ReturnCall()
    {
        lock (_lock)
        {
            Calls--;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static UserErrorException Met(FormattableString what, string limit) => new(
        $"The limit of remote calls is met: {FormattableString.Invariant(what)}",
        limit,
        "Every finished call is kept: raise the limit and run again, and only the rest is called.",
        ExitCode.TargetFailed);
}
