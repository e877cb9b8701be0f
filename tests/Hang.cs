namespace NaturalThoughts.Tests;

/// <summary>The only time limit of tests: it ends a test that hangs, and no verdict of a test that does not depends on it.</summary>
internal static class Hang
{
    /// <summary>More than three times what the longest wait takes on a busy machine; two tests that hang still let the suite end in time.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs work that must end: seconds where it grows with its input, hours where it grows with its square.</summary>
    public static void IsNone(Action work)
    {
        Task task = Task.Run(work);
        if (Task.WaitAny([task], Limit) < 0)
        {
            throw new TimeoutException();
        }

        task.GetAwaiter().GetResult();
    }

    /// <summary>Waits until something is so.</summary>
    /// <param name="isSo">Asked again and again.</param>
    /// <param name="pauseMilliseconds">Time between two questions.</param>
    /// <exception cref="TimeoutException">It was never so.</exception>
    public static async Task UntilAsync(Func<Task<bool>> isSo, int pauseMilliseconds = 20)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Limit)
            {
                throw new TimeoutException();
            }

            await Task.Delay(pauseMilliseconds);
        }
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, int)" />
    public static Task UntilAsync(Func<bool> isSo, int pauseMilliseconds = 20) => UntilAsync(() => Task.FromResult(isSo()), pauseMilliseconds);
}
