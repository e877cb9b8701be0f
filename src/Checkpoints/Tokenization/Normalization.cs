using System.Text;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>What text becomes before it is split: halves of surrogate pairs are U+FFFD, as in UTF-8, and NFC composes where the file asks for it.</summary>
internal static class Normalization
{
    private const char FirstThatComposes = '\u0300';

    /// <summary>The same span where nothing changes.</summary>
    public static ReadOnlySpan<char> Apply(ReadOnlySpan<char> text, bool compose)
    {
        ReadOnlySpan<char> whole = HasHalf(text) ? Mended(text) : text;

        // Text below U+0300 is in NFC as it stands: no character of it composes or moves.
        if (!compose || whole.IndexOfAnyInRange(FirstThatComposes, char.MaxValue) < 0 || whole.IsNormalized(NormalizationForm.FormC))
        {
            return whole;
        }

        return whole.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>False without ICU, or under InvariantGlobalization: then the runtime hands text back as it is, without an error.</summary>
    public static bool Works => "e\u0301".Normalize(NormalizationForm.FormC) == "\u00E9";

    private static bool HasHalf(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\uD800', '\uDFFF') is var at and >= 0)
        {
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return true;
            }

            text = text[(at + 2)..];
        }

        return false;
    }

    private static string Mended(ReadOnlySpan<char> text)
    {
        StringBuilder mended = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            mended.Append(rune);
        }

        return mended.ToString();
    }
}
