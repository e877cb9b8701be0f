using NaturalThoughts.Checkpoints.Tokenization;

namespace NaturalThoughts.Student.Generation;

/// <summary>Cuts a thought short and closes it, with the tags of <see cref="Records.ResponseFormat"/>.</summary>
internal static class ThoughtCut
{
    private const string OpenTag = "<think>";
    private const string CloseTag = "</think>";

    /// <summary>
    /// The ids of an output up to the end of its first thought, of which so many tokens are kept; null where there is none, or it is not longer. The text
    /// is encoded anew: where a tokenizer spells the same text in several ways these may be other ids than were drawn.
    /// </summary>
    /// <param name="output">What the student wrote. A thought that only closes was opened by the prompt, or in words.</param>
    /// <param name="budget">Tokens of the thought, tags excluded.</param>
    /// <param name="tokenizer">The student's.</param>
    public static int[]? Of(string output, int budget, Tokenizer tokenizer)
    {
        int open = output.IndexOf(OpenTag, StringComparison.OrdinalIgnoreCase), close = output.IndexOf(CloseTag, StringComparison.OrdinalIgnoreCase);
        if (open < 0 && close < 0)
        {
            return null;
        }

        int start = open >= 0 && (close < 0 || open < close) ? open + OpenTag.Length : 0;
        int[] thought = tokenizer.Encode(output[start..(close < 0 ? output.Length : close)].TrimEnd());
        return thought.Length <= budget ? null : [.. tokenizer.Encode(output[..start]), .. thought[..budget], .. tokenizer.Encode(" " + CloseTag)];
    }
}
