using System.Runtime.InteropServices;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build;

/// <summary>
/// What Ctrl-C and SIGTERM do. The first one asks everything to stop and gives it <see cref="Grace"/>; then the process ends, whatever it waits for: all that
/// is finished is on disk by then, and nothing that is half done has a name. A second one ends it at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>Time for workers to end and for jobs of a cluster to be cancelled.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>What is said at the end of an interrupted run.</summary>
    public const string Message = "Interrupted. What was finished is kept; the same command resumes.";

    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly Action<ExitCode> _exit;
    private readonly TextWriter _error;
    private readonly PosixSignalRegistration[] _signals;
    private ITimer? _end;

    /// <param name="time">The clock of the grace.</param>
    /// <param name="exit">Ends the process.</param>
    /// <param name="error">Where the end is told.</param>
    public Interruption(TimeProvider time, Action<ExitCode> exit, TextWriter error)
    {
        _time = time;
        _exit = exit;
        _error = error;
        _signals =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal =>
                PosixSignalRegistration.Create(signal, context => context.Cancel = Request())),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Asks everything to stop.</summary>
    /// <returns>True for the first request; false when it was made before.</returns>
    public bool Request()
    {
        if (_stop.IsCancellationRequested)
        {
            return false;
        }

        // The clock first: what Cancel calls may wait, too.
        _end = _time.CreateTimer(_ => End(), null, Grace, Timeout.InfiniteTimeSpan);
        _stop.Cancel();
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _end?.Dispose();
        Array.ForEach(_signals, signal => signal.Dispose());
        _stop.Dispose();
    }

    private void End()
    {
        _error.WriteLine(Message);
        _exit(ExitCode.Interrupted);
    }
}
