using System.Runtime.ExceptionServices;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Runs what may nest deeply on a thread whose stack has room for it, so that no text overflows the caller's.</summary>
internal static class DeepStack
{
    private const int LongestShallow = 1_000;

    private const int MostBrackets = 100;

    /// <summary>Bytes; only those that are used take memory.</summary>
    private const int Size = 64 << 20;

    /// <summary>Whether a text may nest more deeply than the caller's stack allows.</summary>
    public static bool IsNeeded(string text)
    {
        if (text.Length > LongestShallow)
        {
            return true;
        }

        int brackets = 0;
        foreach (char c in text)
        {
            brackets += c is '(' or '[' or '{' or '\\' or '^' ? 1 : 0;
        }

        return brackets > MostBrackets;
    }

    /// <summary>The result of a function, or the exception that it throws.</summary>
    public static EqualityVerdict Run(Func<EqualityVerdict> compare)
    {
        EqualityVerdict verdict = default;
        ExceptionDispatchInfo? thrown = null;
        Thread thread = new(() => thrown = Caught(() => verdict = compare()), Size);
        thread.Start();
        thread.Join();
        thrown?.Throw();
        return verdict;
    }

    /// <summary>What is thrown on a thread of its own would end the process: it is handed to the caller.</summary>
    private static ExceptionDispatchInfo? Caught(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception exception)
        {
            return ExceptionDispatchInfo.Capture(exception);
        }
    }
}
