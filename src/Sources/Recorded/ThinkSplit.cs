using NaturalThoughts.Sources.Mapping;

namespace NaturalThoughts.Sources.Recorded;

/// <summary>Splits what a teacher wrote at its last closing think tag; tags in any case. The opening tag may have been in the prompt.</summary>
internal static class ThinkSplit
{
    private const string Open = "<think>";
    private const string Close = "</think>";

    /// <exception cref="RefusedRowException">There is no thought, or no answer after it.</exception>
    public static (string Thinking, string Answer) Of(string output)
    {
        int close = output.LastIndexOf(Close, StringComparison.OrdinalIgnoreCase);
        if (close < 0)
        {
            throw output.Contains(Open, StringComparison.OrdinalIgnoreCase)
                ? new RefusedRowException(
                    "unclosedThinking", "The thought has no end: it was cut off.", "Ask the teacher for more tokens, or leave the row out.")
                : new RefusedRowException("noThinking", "The row has no thought.", "Name the field of the thought, or leave the row out.");
        }

        string thinking = output[..close].Trim();
        thinking = thinking.StartsWith(Open, StringComparison.OrdinalIgnoreCase) ? thinking[Open.Length..].Trim() : thinking;
        string answer = output[(close + Close.Length)..].Trim();
        return thinking.Length == 0 ? throw new RefusedRowException("emptyThinking", "The thought is empty.", "Leave the row out.")
            : answer.Length == 0 ? throw new RefusedRowException("noAnswer", "Nothing follows the thought.", "Leave the row out.")
            : (thinking, answer);
    }
}
