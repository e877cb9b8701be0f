using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Pipeline.Scheduling;

/// <summary>Is told how a run goes. Calls come one at a time, from any thread.</summary>
public interface IRunObserver
{
    /// <summary>A target's stage starts.</summary>
    void Started(Target target);

    /// <summary>A running stage tells how far it is.</summary>
    void Progressed(Target target, StageProgress progress);

    /// <summary>A target ended; comes once for each target of the closure, and again when its outputs turned out to be damaged.</summary>
    void Finished(Target target, TargetResult result);
}
