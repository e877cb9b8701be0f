using System.Text.RegularExpressions;

namespace NaturalThoughts.Teaching.Reading;

/// <summary>Whether an answer declines to answer: it begins with one of the customary sentences, and is short.</summary>
public static partial class Refusal
{
    /// <summary>A longer text goes on to answer after all.</summary>
    private const int LongestRefusal = 1000;

    /// <summary>True for an answer that declines. An answer that says that something cannot be computed is none.</summary>
    public static bool Is(string answer)
    {
        string text = answer.Trim().Replace('\u2019', '\'');
        return text.Length <= LongestRefusal && (Sentence().IsMatch(text) || Chinese().IsMatch(text));
    }

    // The openings that refusals of chat models share: an apology or not, "I can't / won't / am not able to", and a verb of helping.
    [GeneratedRegex(
        @"^(?:(?:I'm|I am)\s+(?:very\s+|really\s+)?sorry\W+|Sorry\W+|I apologi[sz]e\W+|Unfortunately\W+)?(?:but\W+)?(?:as an AI(?: language)?(?: model"
        + @"| assistant)?\W+)?"
        + @"I\s*(?:can't|cannot|can not|(?:won't|will not)(?:\s+be\s+able)?|must decline|have to decline|decline|(?:am|'m)\s+(?:not able|unable|not permitted"
        + @"|not allowed)\s+to)"
        + @"(?:\s+to)?\s+(?:\w+ly\s+)?(?:help|assist|answer|provide|comply|fulfil+|engage|discuss|support|continue|participate|do that|share|create|generate"
        + @"|offer|give|with)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"^(?:\u5f88?\u62b1\u6b49|\u5bf9\u4e0d\u8d77)[\uff0c,\u3002\s]*\u6211(?:\u4e0d\u80fd|\u65e0\u6cd5)", RegexOptions.CultureInvariant)]
    private static partial Regex Chinese();
}
