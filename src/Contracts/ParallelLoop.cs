using System.Runtime.ExceptionServices;

namespace NaturalThoughts.Contracts;

/// <summary>
/// Runs loops of <see cref="Parallel"/>, which wrap what their bodies throw into an <see cref="AggregateException"/>: here it arrives as it
/// was thrown, so that an error of the user's stays one.
/// </summary>
public static class ParallelLoop
{
    /// <summary>Runs a loop, and throws what its body threw without wrapping it.</summary>
    /// <param name="loop">Calls <c>Parallel.For</c>, <c>Parallel.ForEach</c> or another that waits for several threads.</param>
    /// <exception cref="Exception">What a body threw, see <see cref="Cause"/>.</exception>
    public static void Run(Action loop)
    {
        try
        {
            loop();
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(Cause(error));
        }
    }

    /// <summary>
    /// What is behind an exception of several threads: the first error of the user's, else the first one that is no interruption, else the
    /// first. Any other exception is its own cause.
    /// </summary>
    public static Exception Cause(Exception error)
    {
        if (error is not AggregateException several)
        {
            return error;
        }

        IReadOnlyList<Exception> all = several.Flatten().InnerExceptions;
        return all.FirstOrDefault(one => one is UserErrorException) ?? all.FirstOrDefault(one => one is not OperationCanceledException)
            ?? all.FirstOrDefault() ?? error;
    }
}
