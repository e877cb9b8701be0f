namespace NaturalThoughts.Selection;

/// <summary>Examples of a training set by kind.</summary>
/// <param name="System2">Examples with trace and answer.</param>
/// <param name="System1">Examples with the answer alone.</param>
/// <param name="WithoutInstruction">Examples of either kind whose prompt does not say which is wanted.</param>
public sealed record CompositionCount(int System2, int System1, int WithoutInstruction)
{
    internal static CompositionCount Of(IEnumerable<(bool System2, bool Bare)> examples)
    {
        (bool System2, bool Bare)[] all = [.. examples];
        return new CompositionCount(all.Count(row => row.System2), all.Count(row => !row.System2), all.Count(row => row.Bare));
    }
}
