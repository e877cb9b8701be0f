using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Pipeline.Scheduling;

/// <summary>Lets one call at a time through to an observer that may be none.</summary>
internal sealed class ObserverGate(IRunObserver? observer)
{
    private readonly Lock _gate = new();

    public void Started(Target target)
    {
        lock (_gate)
        {
            observer?.Started(target);
        }
    }

    public void Progressed(Target target, StageProgress progress)
    {
        lock (_gate)
        {
            observer?.Progressed(target, progress);
        }
    }

    public void Finished(Target target, TargetResult result)
    {
        lock (_gate)
        {
            observer?.Finished(target, result);
        }
    }
}
