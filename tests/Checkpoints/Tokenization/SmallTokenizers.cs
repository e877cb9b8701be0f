using System.Text;
using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tests.Tokenization;

/// <summary>The small tokenizers as JSON to change, pieces for them, and byte-pair encoding by its definition.</summary>
internal static class SmallTokenizers
{
    public static JsonObject Llama() => Json("llama-style");

    public static JsonObject Qwen() => Json("qwen-style");

    public static Tokenizer Read(JsonObject json) => TokenizerReader.Read(JsonNode.Parse(json.ToJsonString())!.AsObject(), "tokenizer.json");

    /// <summary>Words of a few letters that the merges know, so that merges compete; each is one piece.</summary>
    public static IEnumerable<string> Pieces(int count)
    {
        SeededRandom random = SeededRandom.From("small-tokenizers");
        for (int i = 0; i < count; i++)
        {
            StringBuilder piece = new();
            for (int left = random.Between(1, 20); left > 0; left--)
            {
                piece.Append("thewrinaosuy"[random.Next(12)]);
            }

            yield return piece.ToString();
        }
    }

    /// <summary>The ids of one piece: of all neighbours the pair of the lowest rank, the leftmost of these, is merged until there is none.</summary>
    public static List<int> Naive(JsonObject json, string piece)
    {
        Dictionary<(string, string), int> ranks = [];
        int next = 0;
        foreach (JsonNode? merge in json["model"]!["merges"]!.AsArray())
        {
            ranks[(merge![0]!.GetValue<string>(), merge[1]!.GetValue<string>())] = next++;
        }

        List<string> symbols = [.. Encoding.UTF8.GetBytes(piece).Select(value => ByteAlphabet.CharOf(value).ToString())];
        while (true)
        {
            int best = -1;
            for (int i = 0; i + 1 < symbols.Count; i++)
            {
                if (ranks.TryGetValue((symbols[i], symbols[i + 1]), out int rank) && (best < 0 || rank < ranks[(symbols[best], symbols[best + 1])]))
                {
                    best = i;
                }
            }

            if (best < 0)
            {
                return [.. symbols.Select(symbol => json["model"]!["vocab"]![symbol]!.GetValue<int>())];
            }

            symbols[best] += symbols[best + 1];
            symbols.RemoveAt(best + 1);
        }
    }

    private static JsonObject Json(string name) => JsonNode.Parse(File.ReadAllText(Fixture.Path("tokenizers", name, "tokenizer.json")))!.AsObject();
}
