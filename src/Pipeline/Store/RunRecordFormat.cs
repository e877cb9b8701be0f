using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Store;

/// <summary>Run records as JSON for people, with a checksum: a damaged record reads as none.</summary>
internal static class RunRecordFormat
{
    private const string Checksum = "checksum";

    public static string Write(RunRecord record)
    {
        JsonObject json = new()
        {
            ["key"] = record.Key.Hex,
            ["address"] = record.Address,
            ["document"] = record.Document.DeepClone(),
            ["outputs"] = new JsonObject(record.Outputs.Select(output =>
                KeyValuePair.Create<string, JsonNode?>(
                    output.Key, new JsonObject { ["digest"] = output.Value.Digest.Hex, ["size"] = output.Value.Size }))),
            ["counts"] = new JsonObject(record.Result.Counts.Select(count => KeyValuePair.Create<string, JsonNode?>(count.Key, count.Value))),
            ["warnings"] = new JsonArray([.. record.Result.Warnings.Select(warning => JsonValue.Create(warning))]),
            ["started"] = record.Started.ToString("O", CultureInfo.InvariantCulture),
            ["seconds"] = Math.Round(record.Duration.TotalSeconds, 3),
            ["circumstances"] = record.Circumstances.DeepClone(),
        };
        json[Checksum] = CanonicalJson.Hash(json).Hex;
        return CanonicalJson.WriteIndented(json);
    }

    /// <summary>The record in the text; null when the text is not one that <see cref="Write"/> wrote for this key.</summary>
    public static RunRecord? Read(ReadOnlySpan<byte> text, ContentHash key)
    {
        try
        {
            JsonObject json = JsonNode.Parse(text)!.AsObject();
            string checksum = (string)json[Checksum]!;
            json.Remove(Checksum);
            JsonObject document = json["document"]!.AsObject();
            if (CanonicalJson.Hash(json).Hex != checksum || (string)json["key"]! != key.Hex || CanonicalJson.Hash(document) != key)
            {
                return null;
            }

            SortedDictionary<string, OutputFile> outputs = new(StringComparer.Ordinal);
            foreach ((string name, JsonNode? output) in json["outputs"]!.AsObject())
            {
                if (!OutputName.IsSafe(name))
                {
                    return null;
                }

                outputs.Add(name, new OutputFile(ContentHash.Parse((string)output!["digest"]!), (long)output["size"]!));
            }

            return new RunRecord
            {
                Key = key,
                Address = (string)json["address"]!,
                Document = document,
                Outputs = outputs,
                Result = new StageResult
                {
                    Counts = new SortedDictionary<string, long>(
                        json["counts"]!.AsObject().ToDictionary(c => c.Key, c => (long)c.Value!), StringComparer.Ordinal),
                    Warnings = [.. json["warnings"]!.AsArray().Select(warning => (string)warning!)],
                },
                Started = DateTimeOffset.ParseExact((string)json["started"]!, "O", CultureInfo.InvariantCulture),
                Duration = TimeSpan.FromSeconds((double)json["seconds"]!),
                Circumstances = json["circumstances"]!.AsObject(),
            };
        }
        catch (Exception e) when (
            e is JsonException or NullReferenceException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }
}
