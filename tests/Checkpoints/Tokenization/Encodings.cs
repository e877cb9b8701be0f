using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Tokenization;

namespace NaturalThoughts.Checkpoints.Tests.Tokenization;

/// <summary>The reference's encodings of a folder's fixture.</summary>
internal static class Encodings
{
    public static void Check(string folder, Tokenizer tokenizer)
    {
        int cases = 0;
        foreach (string line in File.ReadLines(Path.Combine(folder, "encodings.jsonl")))
        {
            JsonNode expected = JsonNode.Parse(line)!;
            string text = expected["text"]!.GetValue<string>();
            int[] ids = tokenizer.Encode(text, parseSpecial: true);

            Assert.Equal(Ids(expected["ids"]!), ids);
            Assert.Equal(Ids(expected["ids_with_special"]!), tokenizer.EncodeWithSpecial(text, parseSpecial: true));
            Assert.Equal(expected["decoded"]!.GetValue<string>(), tokenizer.Decode(ids, skipSpecial: false));
            Assert.Equal(expected["decoded"]!.GetValue<string>(), tokenizer.Normalize(text, parseSpecial: true));
            Assert.Equal(expected["decoded_without_special"]!.GetValue<string>(), tokenizer.Decode(ids));
            cases++;
        }

        Assert.Equal(360, cases);
    }

    private static IEnumerable<int> Ids(JsonNode list) => list.AsArray().Select(id => id!.GetValue<int>());
}
