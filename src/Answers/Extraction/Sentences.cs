using System.Text.RegularExpressions;

namespace NaturalThoughts.Answers.Extraction;

/// <summary>The end of a text, sentence by sentence.</summary>
internal static partial class Sentences
{
    /// <summary>Characters at the end of a text that are looked at.</summary>
    private const int Window = 2_000;

    /// <summary>The last sentence that is more than a courtesy, and whether it is the only one; empty when the text is.</summary>
    public static (string Sentence, bool Only) Last(string text)
    {
        string tail = text[Math.Max(0, text.Length - Window)..].Trim();
        string[] sentences =
            [.. Border().Split(tail).Select(sentence => sentence.Trim()).Where(sentence => sentence.AsSpan().ContainsAnyExcept("-=*_#|>`$\\[]() \t"))];
        int last = sentences.Length - 1;
        while (last > 0 && sentences[last].Length < 100 && Courtesy().IsMatch(sentences[last]))
        {
            last--;
        }

        return last < 0 ? ("", true) : (sentences[last], last == 0 && tail.Length < Window);
    }

    /// <summary>True when the sentence has an end: a full stop, or a formula's or a quote's end after it.</summary>
    public static bool IsEnded(string sentence) => Ended().IsMatch(sentence);

    /// <summary>True for "I cannot tell", "I do not know", "I am not able to".</summary>
    public static bool IsRefusal(string sentence) => Refusal().IsMatch(sentence);

    [GeneratedRegex(@"(?<=[.!?][""'”’)*$]{0,3})\s+|\s*\n\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Border();

    [GeneratedRegex(
        @"\b(?:hope (?:this|that|it)|let me know|feel free|good luck|happy to|any (?:further |more )?questions|that settles|is clear|confident)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Courtesy();

    [GeneratedRegex(@"[.!。][""'”’)*_$\]}\\]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Ended();

    [GeneratedRegex(
        @"\b(?:cannot|can['’]?t|can not|could not|couldn['’]t|unable|not able|not possible|impossible to|do not know|don['’]t know|no idea|not sure|unsure"
        + @"|not certain|uncertain|give up|difficult to say|hard to say|not enough)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Refusal();
}
