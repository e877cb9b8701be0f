using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>
/// The bytes of a kept call: gzip, so that <c>zcat</c> shows it. One line has the digest of the rest of the line, a blank, and the entry as
/// JSON; what follows is what the server sent.
/// </summary>
internal static class CallEntryFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The compressed line of an entry.</summary>
    public static byte[] Head(CallEntry entry)
    {
        JsonObject json = new()
        {
            ["request"] = entry.Request.DeepClone(),
            ["reply"] = JsonSerializer.SerializeToNode(entry.Reply, Options),
            ["seconds"] = entry.Seconds,
            ["faults"] = JsonSerializer.SerializeToNode(entry.Faults, Options),
        };
        string text = CanonicalJson.Write(json);
        return CallStore.Compress(Encoding.UTF8.GetBytes($"{ContentHash.OfText(text)} {text}\n"));
    }

    /// <summary>Reads the kept call of a key.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or is the call of another key.</exception>
    public static CallEntry Read(string path, ContentHash key)
    {
        try
        {
            using StreamReader reader = Open(path);
            string line = reader.ReadLine() ?? "";
            if (line.Length < 66 || ContentHash.OfText(line[65..]).Hex != line[..64])
            {
                throw new InvalidDataException("its digest does not fit");
            }

            JsonNode json = JsonNode.Parse(line[65..])!;
            JsonObject request = json["request"]!.AsObject();
            return CanonicalJson.Hash(request) != key ? throw new InvalidDataException("it is the call of another key") : new CallEntry
            {
                Key = key,
                Request = request,
                Reply = json["reply"].Deserialize<CallReply>(Options)!,
                Seconds = (double)json["seconds"]!,
                Faults = json["faults"].Deserialize<SortedDictionary<string, int>>(Options)!,
            };
        }
        catch (Exception error) when (error is JsonException or NullReferenceException or InvalidOperationException)
        {
            throw new InvalidDataException("it cannot be read", error);
        }
    }

    /// <summary>The whole text of a kept call.</summary>
    public static string Whole(string path)
    {
        using StreamReader reader = Open(path);
        return reader.ReadToEnd();
    }

    /// <summary>What the server sent.</summary>
    public static string Raw(string path)
    {
        using StreamReader reader = Open(path);
        reader.ReadLine();
        return reader.ReadToEnd();
    }

    private static StreamReader Open(string path) => new(new GZipStream(
        new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), CompressionMode.Decompress), Encoding.UTF8);
}
