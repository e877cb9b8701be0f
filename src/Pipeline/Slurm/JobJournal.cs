using System.Text;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Scheduling;

namespace NaturalThoughts.Pipeline.Slurm;

/// <summary>
/// A job's side of its events: appends a line for each to the file that the coordinator reads. The file is closed after each line,
/// since on a network file system only then others are sure to see it.
/// </summary>
public sealed class JobJournal : IRunObserver
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly string _path;
    private readonly IReadOnlySet<string> _own;
    private readonly TimeProvider _clock;
    private long _last;

    internal JobJournal(string path, IReadOnlySet<string> own, TimeProvider clock) => (_path, _own, _clock) = (path, own, clock);

    /// <summary>Tells that the job began on this machine.</summary>
    public void Begin() => Append(new JobEvent.Began(Environment.MachineName));

    /// <inheritdoc />
    public void Started(Target target) => Tell(target, new JobEvent.Started(target.Address));

    /// <inheritdoc />
    public void Progressed(Target target, StageProgress progress)
    {
        if (_clock.GetElapsedTime(_last) >= Pause)
        {
            _last = _clock.GetTimestamp();
            Tell(target, new JobEvent.Progressed(target.Address, progress));
        }
    }

    /// <inheritdoc />
    public void Finished(Target target, TargetResult result) => Tell(target, new JobEvent.Finished(result));

    private void Tell(Target target, JobEvent what)
    {
        if (_own.Contains(target.Address))
        {
            Append(what);
        }
    }

    // A job that was killed may have left half a line: each begins on a line of its own.
    private void Append(JobEvent what) => File.AppendAllText(_path, "\n" + what.ToLine() + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
