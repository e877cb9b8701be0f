using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Files;

/// <summary>model.safetensors.index.json: which file of the folder holds which tensor.</summary>
internal static class ShardIndex
{
    /// <summary>Reads a folder's index.</summary>
    /// <returns>File names by tensor name, in ordinal order.</returns>
    /// <exception cref="UserErrorException">The index is missing or malformed, or names a file that is not there or lies elsewhere.</exception>
    public static SortedDictionary<string, string> Read(string folder)
    {
        string path = Path.Combine(folder, CheckpointFolder.WeightsIndex);
        JsonObject json = JsonFiles.ReadObject(folder, CheckpointFolder.WeightsIndex);
        if (json["weight_map"] is not JsonObject { Count: > 0 } map)
        {
            throw new UserErrorException("The index has no 'weight_map' with tensors.", path, "Fetch or write the checkpoint again.");
        }

        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        foreach ((string tensor, JsonNode? node) in map)
        {
            string? name = node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
            if (name is null || !IsPlain(name))
            {
                throw new UserErrorException(
                    $"The tensor '{Quoted.Of(tensor)}' is in the file {Quoted.Of(node?.ToJsonString() ?? "null")}; the plain name of a .safetensors file in the same folder is needed.", path);
            }

            files[tensor] = name;
        }

        foreach (string name in files.Values.Distinct(StringComparer.Ordinal).Where(name => !File.Exists(Path.Combine(folder, name))))
        {
            throw new UserErrorException($"The index names the file '{Quoted.Of(name)}', which is missing.", path, "Fetch the whole checkpoint.");
        }

        return files;
    }

    /// <summary>Writes a folder's index.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="files">File names by tensor name.</param>
    /// <param name="totalBytes">Bytes of all tensors.</param>
    public static void Write(string folder, IReadOnlyDictionary<string, string> files, long totalBytes)
    {
        JsonObject json = new()
        {
            ["metadata"] = new JsonObject { ["total_size"] = totalBytes },
            ["weight_map"] = new JsonObject(files.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value))),
        };
        File.WriteAllText(Path.Combine(folder, CheckpointFolder.WeightsIndex), CanonicalJson.WriteIndented(json));
    }

    private static bool IsPlain(string name) =>
        name.EndsWith(".safetensors", StringComparison.Ordinal) && name.AsSpan().IndexOfAny('/', '\\', '\0') < 0;
}
