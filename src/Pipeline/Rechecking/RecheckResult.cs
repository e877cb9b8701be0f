namespace NaturalThoughts.Pipeline.Rechecking;

/// <summary>What a second execution of a cached target came to.</summary>
/// <param name="Address">The target.</param>
/// <param name="StageName">Its stage.</param>
/// <param name="Files">Outputs that were compared.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Differences">One for each output that differs, in ordinal order of the names; none where every byte is the same.</param>
public sealed record RecheckResult(string Address, string StageName, int Files, TimeSpan Duration, IReadOnlyList<OutputDifference> Differences);
