using System.Text.RegularExpressions;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>The words that Qwen2.5-Math's strip_string takes for units (from MathQA), in its order. They are patterns: a full stop is any character.</summary>
internal static class QwenUnits
{
    private static readonly string[] Words =
    [
        "east", "degree", "mph", "kmph", "ft", "m sqaure", " m east", "sq m", "deg", "mile", "q .", "monkey", "prime", "ratio", "profit of rs",
        "rd", "o", "gm", "p . m", "lb", "tile", "per", "dm", "lt", "gain", "ab", "way", "west", "a .", "b .", "c .", "d .", "e .", "f .", "g .",
        "h .", "t", "a", "h", "no change", "men", "soldier", "pie", "bc", "excess", "st", "inches", "noon", "percent", "by", "gal", "kmh", "c",
        "acre", "rise", "a . m", "th", "\u03c0 r 2", "sq", "mark", "l", "toy", "coin", "sq . m", "gallon", "\u00b0 f", "profit", "minw", "yr",
        "women", "feet", "am", "pm", "hr", "cu cm", "square", "v \u00e2 \u20ac \u2122", "are", "rupee", "rounds", "cubic", "cc", "mtr", "s", "ohm",
        "number", "kmph", "day", "hour", "minute", "min", "second", "man", "woman", "sec", "cube", "mt", "sq inch", "mp", "\u220f cm \u00b3",
        "hectare", "more", "sec", "unit", "cu . m", "cm 2", "rs .", "rs", "kg", "g", "month", "km", "m", "cm", "mm", "apple", "liter", "loss",
        "yard", "pure", "year", "increase", "decrease", "d", "less", "Surface", "litre", "pi sq m", "s .", "metre", "meter", "inch",
    ];

    /// <summary>Each with the text that must be there for it to match, its full stops aside.</summary>
    private static readonly (string Literal, Regex Pattern)[] Units =
        [.. Words.Concat(Words.Select(word => word + "s")).Select(word => (Literal(word), Pattern(word)))];

    /// <summary>The text without units that are alone, twice over the list; a unit that is all of the text stays.</summary>
    public static string Remove(string text)
    {
        string left = text;
        for (int round = 0; round < 2; round++)
        {
            foreach ((string literal, Regex pattern) in Units)
            {
                if (left.Contains(literal, StringComparison.Ordinal) && pattern.Replace(left, "${before}${after}") is { Length: > 0 } without)
                {
                    left = without;
                }
            }
        }

        return left;
    }

    private static string Literal(string word) => word.Split('.').MaxBy(part => part.Length)!;

    private static Regex Pattern(string word) =>
        new($"(?<before>^|[^{PythonText.Word}]){word}(?<after>$|[^{PythonText.Word}])", RegexOptions.CultureInvariant);
}
