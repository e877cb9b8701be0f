namespace NaturalThoughts.Teaching.Calling;

/// <summary>Lets calls in one after the other, in the order in which they came, as <see cref="AdaptiveConcurrency"/> allows.</summary>
internal sealed class ConcurrencyGate : IDisposable
{
    // The limit also rises, and pauses end, with time alone.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly AdaptiveConcurrency _concurrency;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource<int>> _waiting = new();

    public ConcurrencyGate(AdaptiveConcurrency concurrency, TimeProvider clock)
    {
        _concurrency = concurrency;
        _timer = clock.CreateTimer(_ => LetIn(), null, Look, Look);
    }

    /// <summary>Waits for room; gives the ticket of <see cref="AdaptiveConcurrency.TryEnter"/>.</summary>
    public async Task<int> EnterAsync(CancellationToken cancellation)
    {
        TaskCompletionSource<int> entry = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue(entry);
        }

        LetIn();
        using (cancellation.Register(() => entry.TrySetCanceled(cancellation)))
        {
            return await entry.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Lets in whom there is room for; called after a call ended.</summary>
    public void LetIn()
    {
        lock (_lock)
        {
            while (_waiting.TryPeek(out TaskCompletionSource<int>? entry))
            {
                if (entry.Task.IsCompleted)
                {
                    _waiting.Dequeue();
                    continue;
                }

                if (!_concurrency.TryEnter(out int ticket))
                {
                    return;
                }

                _waiting.Dequeue();
                if (!entry.TrySetResult(ticket))
                {
                    _concurrency.Failed(); // given up in this moment
                }
            }
        }
    }

    public void Dispose() => _timer.Dispose();
}
