using System.Globalization;
using System.Text;

namespace NaturalThoughts.Contracts;

/// <summary>Cuts what a message quotes, so that a message stays short whatever is in a file.</summary>
public static class Quoted
{
    /// <summary>The most characters of a value that a message quotes, 160; a name, a number or a line of text fits.</summary>
    public const int Longest = 160;

    /// <summary>The text; of a longer one its head, its tail and its length, such as <c>abc ... xyz (99000000 characters)</c>.</summary>
    /// <param name="text">Any text; null gives an empty one.</param>
    /// <param name="longest">The most characters that are kept, at least 8.</param>
    public static string Of(string? text, int longest = Longest)
    {
        if (text is null || text.Length <= longest)
        {
            return text ?? "";
        }

        int head = longest * 3 / 4;
        int tail = text.Length - (longest - head);

        // A cut never leaves half of a surrogate pair.
        head -= char.IsHighSurrogate(text[head - 1]) ? 1 : 0;
        tail += char.IsLowSurrogate(text[tail]) ? 1 : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, head)} ... {text.AsSpan(tail)} ({text.Length} characters)");
    }

    /// <summary>As of a string, of UTF-8; only what is kept is decoded. Of a longer text the length is in bytes.</summary>
    /// <param name="utf8">Any bytes; those that are no UTF-8 become U+FFFD.</param>
    /// <param name="longest">The most bytes that are kept, at least 8.</param>
    public static string Of(ReadOnlySpan<byte> utf8, int longest = Longest)
    {
        if (utf8.Length <= longest)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        int head = longest * 3 / 4;
        int tail = utf8.Length - (longest - head);
        while (head > 0 && IsContinuation(utf8[head]))
        {
            head--;
        }

        while (tail < utf8.Length && IsContinuation(utf8[tail]))
        {
            tail++;
        }

        return string.Create(
            CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetString(utf8[..head])} ... {Encoding.UTF8.GetString(utf8[tail..])} ({utf8.Length} bytes)");
    }

    /// <summary>The first values of a list, each cut, and how many more there are: <c>a, b, ... (12 in all)</c>.</summary>
    /// <param name="values">Any texts.</param>
    /// <param name="most">The most values that are shown.</param>
    public static string List(IReadOnlyCollection<string> values, int most = 8)
    {
        string shown = string.Join(", ", values.Take(most).Select(value => Of(value, 80)));
        return values.Count <= most ? shown : string.Create(CultureInfo.InvariantCulture, $"{shown}, ... ({values.Count} in all)");
    }

    private static bool IsContinuation(byte value) => (value & 0xC0) == 0x80;
}
