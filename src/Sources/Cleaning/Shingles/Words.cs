using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace NaturalThoughts.Sources.Cleaning.Shingles;

/// <summary>
/// The words of a text as hashes: runs of letters and of digits, compatibility forms and case folded (NFKC, invariant lower case), all else
/// between them left out. Ideographs are words of their own.
/// </summary>
internal sealed class Words
{
    /// <summary>The hash of every number in <see cref="Masked"/>.</summary>
    public const ulong Number = 0x9E3779B97F4A7C15;

    private readonly List<ulong> _words = [];
    private readonly List<ulong> _masked = [];

    /// <summary>The hashes of all words, in the order of the text.</summary>
    public ReadOnlySpan<ulong> Plain => CollectionsMarshal.AsSpan(_words);

    /// <summary>The words with one hash for all numbers.</summary>
    public ReadOnlySpan<ulong> Masked => CollectionsMarshal.AsSpan(_masked);

    /// <summary>Letters, and Latin ones among them.</summary>
    public (int All, int Latin) Letters { get; private set; }

    /// <summary>Reads a text in place of the last one.</summary>
    public Words Read(string text)
    {
        _words.Clear();
        _masked.Clear();
        Letters = default;
        return Append(text);
    }

    /// <summary>Reads a further text behind the last one.</summary>
    public Words Append(string text)
    {
        string folded = Fold(text);
        ulong hash = 0;
        bool digits = false;
        (int letters, int latin) = Letters;
        foreach (Rune rune in folded.EnumerateRunes())
        {
            int kind = Kind(rune);
            if (kind == 0 || kind == 3 || (hash != 0 && digits != (kind == 2)))
            {
                End(ref hash, digits);
            }

            if (kind == 0)
            {
                continue;
            }

            digits = kind == 2;
            letters += digits ? 0 : 1;
            latin += !digits && rune.Value is < 0x250 or (>= 0x1E00 and < 0x1F00) ? 1 : 0;
            hash = Mix(hash ^ (ulong)(rune.IsAscii ? char.ToLowerInvariant((char)rune.Value) : Rune.ToLowerInvariant(rune).Value) + 0xD6E8FEB86659FD93);
            if (kind == 3)
            {
                End(ref hash, false);
            }
        }

        End(ref hash, digits);
        Letters = (letters, latin);
        return this;
    }

    /// <summary>A bijection of 64 bits that spreads every bit (the finaliser of SplitMix64, Steele et al. 2014).</summary>
    public static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    private void End(ref ulong hash, bool digits)
    {
        if (hash != 0)
        {
            _words.Add(hash);
            _masked.Add(digits ? Number : hash);
            hash = 0;
        }
    }

    /// <summary>NFKC; the text itself where halves of surrogate pairs, which have no normal form, are in it.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    // 0: between words; 1: letter, mark; 2: digit; 3: a word of its own.
    private static int Kind(Rune rune)
    {
        if (rune.IsAscii)
        {
            return char.IsAsciiLetter((char)rune.Value) ? 1 : char.IsAsciiDigit((char)rune.Value) ? 2 : 0;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.OtherLetter => rune.Value >= 0x2E80 ? 3 : 1,
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter => 1,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => 1,
            UnicodeCategory.DecimalDigitNumber => 2,
            _ => 0,
        };
    }
}
