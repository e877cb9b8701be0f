using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Sharing;

/// <summary>
/// What can be seen to be wrong with a record from elsewhere, beside its checksum, its key and its names. That a key's outputs are other
/// ones cannot be seen: see docs/architecture.md for what a shared cache is trusted with.
/// </summary>
internal static class SharedRecordRules
{
    /// <summary>What is wrong, as the end of a sentence; null when nothing is.</summary>
    public static string? Fault(RunRecord record, StageDescription stage)
    {
        if (stage.Outputs.FirstOrDefault(name => !record.Outputs.ContainsKey(name)) is { } missing)
        {
            return $"does not name the output '{missing}' of its stage";
        }

        if (record.Outputs.FirstOrDefault(output => output.Value.Size < 0).Key is { } negative)
        {
            return $"gives '{negative}' a negative size";
        }

        if (record.Circumstances["measured"] is { } measured
            && (measured is not JsonObject values || values.Any(value => value.Value?.GetValueKind() != JsonValueKind.Number)))
        {
            return "measured something other than numbers";
        }

        // They are printed, and are in lists of one line each.
        IEnumerable<string> texts =
        [
            record.Address,
            .. record.Outputs.Keys,
            .. record.Result.Counts.Keys,
            .. record.Result.Warnings,
            .. (record.Circumstances["measured"] as JsonObject ?? []).Select(value => value.Key),
        ];
        return texts.Any(text => text.Any(char.IsControl)) ? "has control characters in its texts" : null;
    }
}
