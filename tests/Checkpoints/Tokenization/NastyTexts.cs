using System.Globalization;
using System.Text;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tests.Tokenization;

/// <summary>Seeded texts of what tokenizers get wrong, mixed.</summary>
internal static class NastyTexts
{
    /// <summary>U+0897 combines, and is newer than Debian 12's ICU, which therefore leaves it where it stands.</summary>
    private const int NewerThanIcu = 0x897;

    private const string Blanks = "\t\n\v\f\r \u0085\u00A0\u1680\u2000\u2002\u2003\u2009\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF\u200B\u180E";
    private const string Marks = "\u0301\u0300\u0308\u030A\u0327\u0323\u0345\u0338\u05B7\u0650\u093C\u09BE\u3099\u1161\u11A8\u20DD\uFE0F";
    private static readonly (int First, int Last)[] Planes =
        [
            (0, 0x2FF), (0x300, 0x1FFF), (0x2000, 0x2FFF), (0x3000, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x103FF), (0x1D400, 0x1D7FF), (0x1F300, 0x1F6FF),
            (0x20000, 0x2A6D0),
        ];

    private static readonly string[] Words =
        [
            "the", "Wait", "so", "therefore", "x", "Answer", "quick", "don", "naïve", "Straße", "İstanbul", "ſo", "ǆ", "ﬁ", "слово", "λόγος", "ΣΑΣ", "שלום",
            "مرحبا", "العربية", "हिन्दी", "ไทย", "日本語", "中文字符", "テキスト", "한국어", "각",
        ];

    private static readonly string[] Contractions = ["'s", "'T", "'re", "'VE", "'m", "'Ll", "'d", "'", "''", "’s", "'x", "'l", "'r", "'v", "'ed", "n't"];

    private static readonly string[] Code =
        [
            "def f(x):\n    return x**2\n", "if (a && b) { c[i]++; }\r\n", "{\"a\": [1, 2.5, null]}", "<div class=\"x\">&nbsp;</div>",
            "\\frac{1}{2} + \\sqrt{3}", "$$\\int_0^1 x\\,dx$$", "a/b\\c", "http://example.org/?q=1&r=%20#f", "#!/bin/sh\n\n\n", "\t\tx = 1;\t// y\n",
            "*** --- === ...", "!?!\n\n", "->=>::",
        ];

    private static readonly string[] Specials =
        [
            "<|begin_of_text|>", "<|eot_id|>", "<|start_header_id|>", "<|end_header_id|>", "<|im_start|>", "<|im_end|>", "<|endoftext|>", "<tool_call>",
            "</tool_call>", "<|fim_prefix|>", "<think>", "</think>", "<|eot_id", "<|im_end|", "|>", "<|", "<|EOT_ID|>", "<|<|im_end|>",
            "<|reserved_special_token_1|><|reserved_special_token_10|>",
        ];

    private static readonly string[] Emoji = ["👍", "👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪🇫🇷", "1️⃣", "❤️", "🫠", "𝒙", "𝟘𝟙", "𝕏𝕐", "𠀀𪛕", "𐐀𐐨", "𐎀", "x𝑥y"];

    public static List<string> Draw(int count, string seed)
    {
        SeededRandom random = SeededRandom.From("tokenizer-parity", seed);
        List<string> texts = [];
        while (texts.Count < count)
        {
            StringBuilder text = new();
            for (int left = random.Between(1, 14); left > 0; left--)
            {
                text.Append(Part(random));
            }

            texts.Add(random.Next(8) switch
            {
                0 => Form(text.ToString(), NormalizationForm.FormD),
                1 => Form(text.ToString(), NormalizationForm.FormC),
                _ => text.ToString(),
            });
        }

        return texts;
    }

    private static string Part(SeededRandom random) => random.Next(16) switch
    {
        0 or 1 => random.Pick(Words),
        2 or 3 => " " + random.Pick(Words),
        4 => random.Pick(Words) + random.Pick(Contractions),
        5 => random.Pick(Contractions),
        6 => random.Pick(Code),
        7 => random.Pick(Specials),
        8 => random.Pick(Emoji),
        9 => Several(random, 4, () => Blanks[random.Next(Blanks.Length)].ToString()),
        10 => Several(random, 6, () => random.Pick<string>(["\r", "\n", "\r\n", " "])),
        11 => Several(random, 40, () => ((char)('0' + random.Next(10))).ToString()),
        12 => random.Pick(Words) + Several(random, 4, () => Marks[random.Next(Marks.Length)].ToString()),
        13 => Several(random, 6, () => Any(random)),
        14 => Several(random, 8, () => ((char)random.Between(0, 0x7F)).ToString()),
        _ => random.Chance(0.3) ? Half(random) : new string(' ', random.Between(1, 20)),
    };

    private static string Several(SeededRandom random, int most, Func<string> one) =>
        string.Concat(Enumerable.Range(0, random.Between(1, most)).Select(_ => one()));

    private static string Half(SeededRandom random) => ((char)random.Between(0xD800, 0xDFFF)).ToString();

    /// <summary>A character that the runtime's Unicode knows.</summary>
    private static string Any(SeededRandom random)
    {
        while (true)
        {
            (int first, int last) = random.Pick(Planes);
            int codePoint = random.Between(first, last);
            if (codePoint != NewerThanIcu && CharUnicodeInfo.GetUnicodeCategory(codePoint) != UnicodeCategory.OtherNotAssigned)
            {
                return char.ConvertFromUtf32(codePoint);
            }
        }
    }

    private static string Form(string text, NormalizationForm form) => text.Any(char.IsSurrogate) ? text : text.Normalize(form);
}
