using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace NaturalThoughts.Serving.Protocol;

/// <summary>Requests for embeddings and their replies.</summary>
internal static class EmbeddingsJson
{
    private const int MostTexts = 2048;

    /// <summary>Model, texts and whether vectors are wanted in base64, as OpenAI's own clients ask.</summary>
    public static (string Model, IReadOnlyList<string> Texts, bool IsBase64, int? Width) Read(RequestFields fields)
    {
        IReadOnlyList<string> texts = fields.Texts("input");
        if (texts.Count is 0 or > MostTexts || texts.Any(text => text.Length == 0))
        {
            throw RequestFields.Wrong("input", $"a text, or a list of 1 to {MostTexts} texts, none of them empty");
        }

        bool isBase64 = fields.Text("encoding_format") switch
        {
            null or "float" => false,
            "base64" => true,
            _ => throw RequestFields.Wrong("encoding_format", "float or base64"),
        };
        return (fields.Text("model")
            ?? throw new RefusedRequestException("'model' is missing.", "model"), texts, isBase64, fields.Integer("dimensions", 1, int.MaxValue));
    }

    /// <summary>The reply; base64 holds float32 values, the lower byte first.</summary>
    public static JsonObject Write(string model, Embedded embedded, bool isBase64) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. embedded.Vectors.Select((vector, index) => new JsonObject
        {
            ["object"] = "embedding",
            ["index"] = index,
            ["embedding"] = isBase64
                ? JsonValue.Create(Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector)))
                : new JsonArray([.. vector.Select(value => JsonValue.Create(value))]),
        })]),
        ["model"] = model,
        ["usage"] = new JsonObject { ["prompt_tokens"] = embedded.Tokens, ["total_tokens"] = embedded.Tokens },
    };
}
