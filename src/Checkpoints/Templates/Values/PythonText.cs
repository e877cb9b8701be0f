using System.Text;
using NaturalThoughts.Checkpoints.Templates.Bounds;

namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>Text as Python sees it: a sequence of code points. A half of a surrogate pair is a code point of its own.</summary>
internal static class PythonText
{
    /// <summary>Python's str.isspace of one character.</summary>
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\u001c' and <= '\u001f';

    /// <summary>True when each UTF-16 unit is a character.</summary>
    public static bool IsSimple(string text) => text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0;

    /// <summary>How many code points, counted as work.</summary>
    public static int Length(Rendering run, string text)
    {
        run.ChargeScan(text.Length);
        return IsSimple(text) ? text.Length : Length(text);
    }

    /// <summary>Number of code points, as Python's <c>len()</c>.</summary>
    public static int Length(string text)
    {
        int pairs = 0;
        for (int i = 0; i + 1 < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i], text[i + 1]))
            {
                pairs++;
                i++;
            }
        }

        return text.Length - pairs;
    }

    /// <summary>Each code point as text.</summary>
    public static IEnumerable<string> Characters(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            bool pair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            yield return pair ? text.Substring(i, 2) : text[i].ToString();
            i += pair ? 1 : 0;
        }
    }

    /// <summary>Order by code points, which differs from that of UTF-16 units beyond the basic plane.</summary>
    public static int Compare(string left, string right)
    {
        if (IsSimple(left) && IsSimple(right))
        {
            return string.CompareOrdinal(left, right);
        }

        return Characters(left).Select(Code).Zip(Characters(right).Select(Code), (a, b) => a.CompareTo(b))
            .FirstOrDefault(order => order != 0) is var order and not 0
            ? order
            : Length(left).CompareTo(Length(right));
    }

    /// <summary>Python's str.strip and its halves.</summary>
    /// <param name="text">The text.</param>
    /// <param name="characters">What is taken away; null for white space.</param>
    /// <param name="start">True at the start.</param>
    /// <param name="end">True at the end.</param>
    public static string Trim(string text, string? characters, bool start, bool end)
    {
        if (characters is not null && !IsSimple(characters))
        {
            return TrimPoints([.. Characters(text)], [.. Characters(characters)], start, end);
        }

        int from = 0;
        int to = text.Length;
        while (start && from < to && Matches(text[from], characters))
        {
            from++;
        }

        while (end && to > from && Matches(text[to - 1], characters))
        {
            to--;
        }

        return text[from..to];
    }

    /// <summary>Python's str.rstrip().</summary>
    public static string TrimEnd(string text) => Trim(text, null, start: false, end: true);

    /// <summary>Python's str.splitlines.</summary>
    public static List<string> Lines(string text, bool keepEnds)
    {
        List<string> lines = [];
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('\n' or '\r' or '\v' or '\f' or '\u001c' or '\u001d' or '\u001e' or '\u0085' or '\u2028' or '\u2029'))
            {
                continue;
            }

            int end = i;
            i += text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
            lines.Add(text[start..(keepEnds ? i + 1 : end)]);
            start = i + 1;
        }

        if (start < text.Length)
        {
            lines.Add(text[start..]);
        }

        return lines;
    }

    private static int Code(string character) => character.Length == 2 ? char.ConvertToUtf32(character[0], character[1]) : character[0];

    private static bool Matches(char c, string? characters) => characters is null ? IsSpace(c) : characters.Contains(c, StringComparison.Ordinal);

    private static string TrimPoints(List<string> text, HashSet<string> characters, bool start, bool end)
    {
        int from = start ? text.TakeWhile(characters.Contains).Count() : 0;
        int to = text.Count;
        while (end && to > from && characters.Contains(text[to - 1]))
        {
            to--;
        }

        return new StringBuilder().AppendJoin("", text[from..to]).ToString();
    }
}
