using System.Diagnostics;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Execution;

/// <summary>Passes on at most ten reports a second, and always the first and the last.</summary>
internal sealed class ProgressThrottle(Action<StageProgress> receive) : IProgress<StageProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private long _last;

    public void Report(StageProgress value)
    {
        long now = Stopwatch.GetTimestamp();
        if (_last == 0 || value.Done == value.Total || Stopwatch.GetElapsedTime(_last, now) >= Pause)
        {
            _last = now;
            receive(value);
        }
    }
}
