using System.Runtime.ExceptionServices;

namespace NaturalThoughts.Student.Kernels;

/// <summary>Items of a kernel, the next one for whichever thread is free.</summary>
/// <param name="count">How many.</param>
/// <param name="floats">Of each thread's own memory.</param>
/// <param name="body">Item and memory; must not depend on which thread it is.</param>
internal sealed class WorkItems(int count, int floats, Action<int, Scratch> body)
{
    private int _next = -1;
    private int _done;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Computes what no thread has begun, item after item.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Work()
    {
        Scratch? scratch = null;
        while (Volatile.Read(ref _next) < count - 1)
        {
            int item = Interlocked.Increment(ref _next);
            if (item >= count)
            {
                break;
            }

            try
            {
                scratch ??= new Scratch(floats);
                scratch.Reset();
                body(item, scratch);
            }
            catch (Exception exception)
            {
                // It may be another thread's task that has failed: whoever waits for the items throws it, when none of them uses its memory any more.
                _failure ??= ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                Interlocked.Increment(ref _done);
            }
        }

        scratch?.Dispose();
        return scratch is not null;
    }

    /// <summary>Waits until the last one is done; throws what an item has thrown.</summary>
    public void Finish()
    {
        SpinWait wait = default;
        while (Volatile.Read(ref _done) < count)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }

        _failure?.Throw();
    }
}
