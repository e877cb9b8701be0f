using System.Text.RegularExpressions;

namespace NaturalThoughts.Answers;

/// <summary>A place where an output says what its answer is.</summary>
/// <param name="Text">What it says, without markup, on one line.</param>
/// <param name="Firm">True for <c>Answer: X</c>, which counts even where X is no answer; <c>the answer is obvious</c> commits to nothing.</param>
internal readonly partial record struct Commitment(string Text, bool Firm)
{
    /// <summary>Characters of a line that are looked at: more is no answer.</summary>
    public const int LongestText = 500;

    /// <summary>Places that are looked at, from the end: an output with more repeats itself.</summary>
    private const int MostPlaces = 100;

    private static readonly Regex Box = new(
        // Up to two levels of braces in the box.
        @"\\(?:boxed|fbox) ?\{(?<in>([^{}]|\{([^{}]|\{[^{}]*\})*\})*)\}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    /// <summary>The commitments that say something, the last one first.</summary>
    public static IEnumerable<Commitment> LastFirst(string text)
    {
        IEnumerable<Match> places = Label().Matches(text).Concat(Box.Matches(text)).OrderByDescending(match => match.Index).Take(MostPlaces);
        foreach (Match place in places)
        {
            if (place.Groups["in"] is { Success: true } box)
            {
                yield return new Commitment(Trim(Markup.Strip(Cut(box.Value))), Firm: false);
                continue;
            }

            string value = Markup.Strip(FirstLine(text, place.Index + place.Length));
            bool firm = !place.Groups["is"].Success;
            value = firm || value.StartsWith("not ", StringComparison.OrdinalIgnoreCase) ? value : Sentence().Match(value).Value;
            if (value.AsSpan().ContainsAnyExcept(". \"'}|"))
            {
                yield return new Commitment(Trim(value), firm);
            }
        }
    }

    /// <summary>The rest of the line; where that is empty, the first line with something on it but a rule.</summary>
    private static string FirstLine(string text, int start)
    {
        int offset = text.AsSpan(start).IndexOfAnyExcept("-=*_#|>\"'`$ \t\r\n");
        if (offset < 0)
        {
            return "";
        }

        int begin = Math.Max(start, text.LastIndexOf('\n', start + offset) + 1);
        int end = text.IndexOf('\n', start + offset);
        return Cut(text[begin..(end < 0 ? text.Length : end)]);
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];

    private static string Trim(string value)
    {
        string trimmed = Bullet().Replace(value.Trim(), "").TrimStart('"', '\'', ',', ':').TrimEnd('"', '\'', ',', ' ');
        trimmed = trimmed.EndsWith("\"}", StringComparison.Ordinal) ? trimmed[..^2] : trimmed;
        return trimmed.EndsWith('.') && !trimmed.EndsWith("..", StringComparison.Ordinal) ? trimmed[..^1] : trimmed;
    }

    // "Answer:", "**Final answer**", "### Answer" on a line of its own, "the correct option is", {"answer": ...; the same word in the
    // languages that models answer in most.
    [GeneratedRegex(
        @"(?<![\w])(?:answer|antwort|respuesta|réponse|ответ|答案|答え|(?:correct|best|right|final) (?:option|choice))"
        + @"(?:(?:[*_`""'> ]{0,6}[:：>][*_` ]{0,6})|(?<is> (?:to (?:this|the) question )?(?:is|ist|est|here would be)\b[: ]*)|(?<is>是)"
        + @"|[*_`]{0,4}[ \t]*(?=\r?\n))"
        + @"(?:(?:therefore|thus|hence|option|clearly)(?: option)?[: ]+)?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Label();

    [GeneratedRegex(@"\A[-•]\s+(?=[A-Za-z(])", RegexOptions.CultureInvariant)]
    private static partial Regex Bullet();

    // Up to a full stop that ends a sentence: not the one of "(C). It", not that of a decimal.
    [GeneratedRegex(@"\A(?:[^.]|\.(?! |\z))*", RegexOptions.CultureInvariant)]
    private static partial Regex Sentence();
}
