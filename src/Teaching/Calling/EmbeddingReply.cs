using System.Text.Json;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>The vectors of a request, in the order of its texts.</summary>
/// <param name="Vectors">[texts, dimensions] float32, all finite, at least one number each.</param>
/// <param name="Tokens">Tokens of all texts; null where the server does not say.</param>
/// <param name="Model">The model's name as the server gives it.</param>
internal sealed record EmbeddingReply(float[][] Vectors, int? Tokens, string? Model)
{
    /// <summary>Reads a reply; numbers may come as <c>float</c> or <c>base64</c>, whatever was asked for.</summary>
    /// <param name="json">The body.</param>
    /// <param name="texts">The number of texts that were sent.</param>
    /// <exception cref="CallFaultException">It is an error, or lacks a vector, or a vector is none.</exception>
    public static EmbeddingReply Read(string json, int texts)
    {
        using JsonDocument document = WireMessage.Parse(json);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw WireMessage.Invalid("it is not a JSON object");
        }

        WireMessage.ThrowOnError(root);
        if (WireJson.Member(root, "data", JsonValueKind.Array) is not { } data || data.GetArrayLength() != texts)
        {
            int count = root.TryGetProperty("data", out JsonElement list) && list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() : 0;
            throw WireMessage.Invalid($"{texts} texts were sent, and {count} vectors came");
        }

        float[]?[] vectors = new float[]?[texts];
        int place = 0;
        foreach (JsonElement item in data.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                throw WireMessage.Invalid("a vector is not a JSON object");
            }

            // Some servers leave the index out, and none that does changes the order.
            int index = item.TryGetProperty("index", out JsonElement given) && given.ValueKind != JsonValueKind.Null
                ? WireJson.Number(item, "index") ?? -1
                : place;
            if (index < 0 || index >= texts || vectors[index] is not null)
            {
                throw WireMessage.Invalid($"the index {given} is none of {texts} texts, or comes twice");
            }

            vectors[index] = Vector(item);
            place++;
        }

        if (Array.Find(vectors, vector => vector!.Length != vectors[0]!.Length) is { } other)
        {
            throw WireMessage.Invalid($"its vectors have {vectors[0]!.Length} and {other.Length} numbers");
        }

        int? tokens = WireJson.Member(root, "usage", JsonValueKind.Object) is { } usage
            ? WireJson.Number(usage, "prompt_tokens") ?? WireJson.Number(usage, "total_tokens")
            : null;
        return new EmbeddingReply(vectors!, tokens, WireJson.Text(root, "model"));
    }

    private static float[] Vector(JsonElement item)
    {
        float[] vector;
        try
        {
            vector = item.TryGetProperty("embedding", out JsonElement value) ? value.ValueKind switch
            {
                JsonValueKind.String => EmbeddingVector.FromText(value.GetString()!),
                JsonValueKind.Array => [.. value.EnumerateArray().Select(number => number.GetSingle())],
                _ => [],
            } : [];
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException)
        {
            throw WireMessage.Invalid("a vector is neither numbers nor base64 of float32");
        }

        return vector.Length == 0 ? throw WireMessage.Invalid("a vector has no numbers")
            : vector.All(float.IsFinite) ? vector
            : throw WireMessage.Invalid("a vector holds a number that is not finite");
    }
}
