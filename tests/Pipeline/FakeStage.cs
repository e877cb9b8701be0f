using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Tests;

/// <summary>A stage whose work is a delegate; counts its runs.</summary>
internal sealed class FakeStage(string name, Func<StageContext, StageResult> work, params string[] outputs) : IStage
{
    private int _runs;

    public int Runs => _runs;

    public StageDescription Description => new(name, [], outputs);

    public StageResult Run(StageContext context)
    {
        Interlocked.Increment(ref _runs);
        return work(context);
    }
}
