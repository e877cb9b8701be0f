using NaturalThoughts.Records;

namespace NaturalThoughts.Student.Training;

/// <summary>Cuts the batch of a step into parts that are computed one after the other, their gradients added up.</summary>
internal static class MicroBatches
{
    /// <summary>The parts: rows of like length are together, whatever their order was.</summary>
    /// <param name="batch">At least one row.</param>
    /// <param name="mostTokens">Tokens of a part at most, padding included; a longer row is a part of its own. Null for one part, in the given order.</param>
    public static IReadOnlyList<EncodedRow[]> Of(EncodedRow[] batch, int? mostTokens)
    {
        if (mostTokens is not { } most)
        {
            return [batch];
        }

        EncodedRow[] sorted = [.. batch.OrderBy(row => row.Tokens.Ids.Length).ThenBy(row => row.Id, StringComparer.Ordinal)];
        List<int[]> parts = [];
        TrainingBatches.Cut([.. Enumerable.Range(0, sorted.Length)], [.. sorted.Select(row => row.Sized)], most, parts);
        return [.. parts.Select(part => part.Select(i => sorted[i]).ToArray())];
    }
}
