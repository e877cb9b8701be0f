using System.Globalization;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>word2number 1.1, word_to_num: the number that the number words of a text make, other words aside.</summary>
internal static class NumberWords
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
        "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly string[] Scales = ["billion", "million", "thousand"];

    private static readonly Dictionary<string, long> Values = Small.Select((word, value) => (word, (long)value))
        .Concat(Tens.Select((word, index) => (word, (index + 2) * 10L)))
        .Concat([("hundred", 100), ("thousand", 1_000), ("million", 1_000_000), ("billion", 1_000_000_000), ("point", 0)])
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>The number as Python prints it; null where the program raises an error or the value is a fraction.</summary>
    public static string? Read(string text)
    {
        string lower = text.Replace('-', ' ').ToLowerInvariant();
        if (lower.Length > 0 && lower.All(char.IsDigit))
        {
            string digits = string.Concat(lower.Select(c => (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)))).TrimStart('0');
            return lower.Length > 4300 ? null : digits.Length > 0 ? digits : "0";
        }

        List<string> words = [.. lower.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(Values.ContainsKey)];
        if (words.Count == 0 || Scales.Append("point").Any(scale => words.Count(word => word == scale) > 1))
        {
            return null;
        }

        // What follows "point" is a fraction: its spelling is left alone, as the original text is where an error is raised.
        if (words.Contains("point"))
        {
            return null;
        }

        int[] places = [.. Scales.Select(scale => words.IndexOf(scale))];
        bool malformed = (places[2] > -1 && (places[2] < places[1] || places[2] < places[0])) || (places[1] > -1 && places[1] < places[0]);
        if (malformed)
        {
            return null;
        }

        return (words.Count == 1 ? Values[words[0]] : Sum(words, places))?.ToString(CultureInfo.InvariantCulture);
    }

    private static long? Sum(List<string> words, int[] places)
    {
        long[] factors = [1_000_000_000, 1_000_000, 1_000];
        long sum = 0;
        int begin = 0;
        for (int i = 0; i < places.Length; i++)
        {
            if (places[i] > -1)
            {
                if (Form(words[begin..places[i]]) is not { } factor)
                {
                    return null;
                }

                sum += factor * factors[i];
                begin = places[i] + 1;
            }
        }

        return begin == words.Count ? sum : Form(words[begin..]) is { } rest ? sum + rest : null;
    }

    /// <summary>Up to four words; of more only the first counts. Null for none, which is an error.</summary>
    private static long? Form(List<string> words)
    {
        long[] n = [.. words.Select(word => Values[word])];
        return n.Length switch
        {
            0 => null,
            2 => n.Contains(100) ? n[0] * n[1] : n[0] + n[1],
            3 => (n[0] * n[1]) + n[2],
            4 => (n[0] * n[1]) + n[2] + n[3],
            _ => n[0],
        };
    }
}
