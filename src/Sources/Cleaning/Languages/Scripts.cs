namespace NaturalThoughts.Sources.Cleaning.Languages;

/// <summary>The scripts of Unicode's blocks, by the language that is meant where no word says another.</summary>
internal static class Scripts
{
    /// <summary>The Latin script, whose language its words alone can tell.</summary>
    public const int Latin = 0;

    /// <summary>Greek: letters of it are in every formula.</summary>
    public const int Greek = 1;

    /// <summary>Ideographs; with kana among them the language is Japanese.</summary>
    public const int Han = 2;

    /// <summary>Hiragana and Katakana.</summary>
    public const int Kana = 3;

    /// <summary>The script of Korean.</summary>
    public const int Hangul = 4;

    private static readonly (int First, int Last, int Script)[] Blocks =
    [
        (0x0041, 0x024F, Latin), (0x0250, 0x02FF, -1), (0x0370, 0x03FF, Greek), (0x0400, 0x052F, 5), (0x0530, 0x058F, 6), (0x0590, 0x05FF, 7),
        (0x0600, 0x06FF, 8),
        (0x0750, 0x077F, 8), (0x0900, 0x097F, 9), (0x0980, 0x09FF, 10), (0x0A00, 0x0A7F, 11), (0x0A80, 0x0AFF, 12), (0x0B80, 0x0BFF, 13), (0x0C00, 0x0C7F, 14),
        (0x0C80, 0x0CFF, 15), (0x0D00, 0x0D7F, 16), (0x0D80, 0x0DFF, 17), (0x0E00, 0x0E7F, 18), (0x0E80, 0x0EFF, 19), (0x0F00, 0x0FFF, 20),
        (0x1000, 0x109F, 21),
        (0x10A0, 0x10FF, 22), (0x1200, 0x137F, 23), (0x1780, 0x17FF, 24), (0x1E00, 0x1EFF, Latin), (0x1F00, 0x1FFF, Greek), (0x1100, 0x11FF, Hangul),
        (0x3040, 0x30FF, Kana),
        (0x3400, 0x4DBF, Han), (0x4E00, 0x9FFF, Han), (0xAC00, 0xD7AF, Hangul),
    ];

    /// <summary>The language of each script where its words tell no other.</summary>
    public static IReadOnlyList<string?> Languages { get; } =
        [null, "el", "zh", "ja", "ko", "ru", "hy", "he", "ar", "hi", "bn", "pa", "gu", "ta", "te", "kn", "ml", "si", "th", "lo", "bo", "my", "ka", "am", "km"];

    /// <summary>The script of a letter; -1 where it has none of these.</summary>
    public static int Of(char letter)
    {
        if (letter < 0x250)
        {
            return Latin;
        }

        foreach ((int first, int last, int script) in Blocks)
        {
            if (letter >= first && letter <= last)
            {
                return script;
            }
        }

        return -1;
    }

    /// <summary>What a letter counts: a syllable or an ideograph stands for about three letters of an alphabet.</summary>
    public static int Weight(int script) => script is Han or Kana or Hangul ? 3 : 1;
}
