namespace NaturalThoughts.Teaching.Running;

/// <summary>Work on many rows at once, whose results come in the order of the rows.</summary>
internal static class OrderedRun
{
    /// <summary>
    /// The results, row by row. No more than <paramref name="window"/> rows are begun ahead of the one that is waited for. When the caller
    /// stops, or a row fails, <paramref name="stop"/> is called and the work that was begun is waited for.
    /// </summary>
    public static IEnumerable<TResult> Select<TRow, TResult>(
        IEnumerable<TRow> rows, int window, Func<TRow, CancellationToken, Task<TResult>> work, Action stop, CancellationToken cancellation)
    {
        Queue<Task<TResult>> begun = new();
        bool whole = false;
        try
        {
            foreach (TRow row in rows)
            {
                cancellation.ThrowIfCancellationRequested();
                begun.Enqueue(Task.Run(() => work(row, cancellation), cancellation));
                if (begun.Count >= window)
                {
                    yield return begun.Dequeue().GetAwaiter().GetResult();
                }
            }

            while (begun.TryDequeue(out Task<TResult>? next))
            {
                yield return next.GetAwaiter().GetResult();
            }

            whole = true;
        }
        finally
        {
            if (!whole)
            {
                stop();
                Task.WhenAll(begun).ContinueWith(static all => all.Exception, TaskScheduler.Default).GetAwaiter().GetResult();
            }
        }
    }
}
