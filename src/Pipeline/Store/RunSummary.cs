using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Store;

/// <summary>One recorded run in a few words.</summary>
/// <param name="Key">The key of its record.</param>
/// <param name="StageName">Its stage.</param>
/// <param name="Parameters">The hash of its parameters.</param>
/// <param name="Own">The hash of its key document without the inputs.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="TrainedTokens">Tokens trained on.</param>
/// <param name="GeneratedTokens">Tokens generated.</param>
/// <param name="Address">The address that it was made for.</param>
public sealed record RunSummary(
    ContentHash Key, string StageName, ContentHash Parameters, ContentHash Own, double Seconds, long TrainedTokens, long GeneratedTokens, string Address)
{
    private const int Fields = 9;

    /// <summary>The summary of a record.</summary>
    public static RunSummary Of(RunRecord record) => new(
        record.Key,
        record.StageName,
        CanonicalJson.Hash(record.Document["parameters"]),
        HashOwn(record.Document),
        Math.Round(record.Duration.TotalSeconds, 3),
        record.Result.Counts.GetValueOrDefault(StageResult.TrainedTokens),
        record.Result.Counts.GetValueOrDefault(StageResult.GeneratedTokens),
        record.Address);

    /// <summary>The hash of a key document without its inputs.</summary>
    public static ContentHash HashOwn(JsonObject document)
    {
        JsonObject own = document.DeepClone().AsObject();
        own.Remove("inputs");
        return CanonicalJson.Hash(own);
    }

    /// <summary>One line without its end; the last field is a checksum.</summary>
    internal string ToLine()
    {
        string body = string.Join('\t', Key.Hex, StageName, Parameters.Hex, Own.Hex, Text(Seconds), Text(TrainedTokens), Text(GeneratedTokens), Address);
        return body + "\t" + ContentHash.OfText(body).Short;
    }

    /// <summary>Reads a line; null for one that was cut off or damaged.</summary>
    internal static RunSummary? TryParse(string line)
    {
        string[] fields = line.Split('\t');
        return fields.Length == Fields
            && ContentHash.OfText(line[..^(fields[^1].Length + 1)]).Short == fields[^1]
            && ContentHash.TryParse(fields[0], out ContentHash key)
            && ContentHash.TryParse(fields[2], out ContentHash parameters)
            && ContentHash.TryParse(fields[3], out ContentHash own)
            && double.TryParse(fields[4], NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            && long.TryParse(fields[5], NumberStyles.None, CultureInfo.InvariantCulture, out long trained)
            && long.TryParse(fields[6], NumberStyles.None, CultureInfo.InvariantCulture, out long generated)
            ? new RunSummary(key, fields[1], parameters, own, seconds, trained, generated, fields[7])
            : null;
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
