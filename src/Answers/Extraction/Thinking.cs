namespace NaturalThoughts.Answers.Extraction;

/// <summary>The part of an output between <c>&lt;think&gt;</c> and <c>&lt;/think&gt;</c>, tags in any case.</summary>
public static class Thinking
{
    private const string OpenTag = "<think>";

    private const string CloseTag = "</think>";

    /// <summary>The text after the last closing tag; null while thinking was not closed.</summary>
    public static string? Visible(string output)
    {
        int close = output.LastIndexOf(CloseTag, StringComparison.OrdinalIgnoreCase);
        string rest = close < 0 ? output : output[(close + CloseTag.Length)..];
        return rest.Contains(OpenTag, StringComparison.OrdinalIgnoreCase) ? null : rest;
    }

    /// <summary>What became of the thinking; <see cref="ThinkingState.Empty"/> only where every round of it is empty.</summary>
    public static ThinkingState State(string output)
    {
        int open = output.IndexOf(OpenTag, StringComparison.OrdinalIgnoreCase);
        int close = output.LastIndexOf(CloseTag, StringComparison.OrdinalIgnoreCase);
        if (open < 0)
        {
            return close < 0 ? ThinkingState.None : ThinkingState.MissingOpen;
        }

        if (output.LastIndexOf(OpenTag, StringComparison.OrdinalIgnoreCase) > close)
        {
            return ThinkingState.Unclosed;
        }

        string inside = Inside(output) ?? "";
        return inside.Replace(OpenTag, "", StringComparison.OrdinalIgnoreCase).Replace(CloseTag, "", StringComparison.OrdinalIgnoreCase).Trim().Length == 0
            ? ThinkingState.Empty
            : ThinkingState.Closed;
    }

    /// <summary>What comes before the last closing tag, or after the opening tag that is not closed; null without tags.</summary>
    public static string? Inside(string output)
    {
        int close = output.LastIndexOf(CloseTag, StringComparison.OrdinalIgnoreCase);
        int open = output.LastIndexOf(OpenTag, StringComparison.OrdinalIgnoreCase);
        if (open > close)
        {
            return output[(open + OpenTag.Length)..];
        }

        if (close < 0)
        {
            return null;
        }

        int first = output.IndexOf(OpenTag, StringComparison.OrdinalIgnoreCase);
        return output[(first < 0 ? 0 : first + OpenTag.Length)..close];
    }

    /// <summary>True when the output has an answer inside of its thinking and none after it, by the rules of <see cref="AnswerExtraction"/>.</summary>
    public static bool HoldsTheOnlyAnswer(string output, IReadOnlyList<string> options) =>
        Inside(output) is { } inside
        && AnswerExtraction.Extract(output, options) is null
        && AnswerExtraction.Extract(
            inside.Replace(OpenTag, "\n", StringComparison.OrdinalIgnoreCase).Replace(CloseTag, "\n", StringComparison.OrdinalIgnoreCase), options) is not null;
}
