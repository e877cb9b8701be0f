using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Files;

/// <summary>Reads the JSON files of a checkpoint folder; a repeated key is an error, because readers differ on which one counts.</summary>
public static class JsonFiles
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>The object in <paramref name="name"/> in <paramref name="folder"/>.</summary>
    /// <exception cref="UserErrorException">There is no such file, or it is not one JSON object.</exception>
    public static JsonObject ReadObject(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            throw new UserErrorException($"The checkpoint folder has no {name}.", path, "A Hugging Face folder is expected; export the model again.");
        }

        try
        {
            byte[] text = TextFiles.ReadBytes(path);
            if (text.AsSpan().StartsWith<byte>([0xEF, 0xBB, 0xBF]))
            {
                throw new UserErrorException($"{name} begins with a byte-order mark, at offset 0, which is not JSON.", path, "Save it as UTF-8 without one.");
            }

            return JsonNode.Parse(text, documentOptions: Options) as JsonObject
                ?? throw new UserErrorException($"{name} must hold one JSON object.", path);
        }
        catch (JsonException error)
        {
            string location = error.LineNumber is { } line ? $"{path}:{line + 1}:{error.BytePositionInLine + 1}" : path;
            throw new UserErrorException($"{name} is not valid JSON: {error.Message}", location);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // A string with half of a surrogate pair, or a key that repeats after unescaping.
            throw new UserErrorException($"{name} is not valid JSON: {error.Message}", path);
        }
    }
}
