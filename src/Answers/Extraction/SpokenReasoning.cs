using System.Text.RegularExpressions;

namespace NaturalThoughts.Answers.Extraction;

/// <summary>
/// Whether an output reasons, judged by what it says and not by its tags: students that are asked without an instruction often reason and open no
/// thinking.
/// </summary>
public static partial class SpokenReasoning
{
    /// <summary>Words before the answer's sentence that are reasoning: <c>17 - 5 = 12 .</c> has three.</summary>
    private const int LeastWords = 3;

    /// <summary>
    /// Words before the answer within its own sentence that are reasoning, and not a lead-in such as <c>Therefore, the correct answer is</c>.
    /// </summary>
    private const int LeastWordsOfLeadIn = 6;

    /// <summary>Words of an output that states no answer and is one sentence, up to which it is a bare answer, such as an option's words.</summary>
    private const int MostWordsOfBareAnswer = 10;

    /// <summary>
    /// True where the output says something before its last statement of an answer (a label, a box, <c>the answer is</c>): at least three words in sentences
    /// that state no answer, or six words before the statement in one of the sentences that do. Tags of thinking are ignored, words are runs of letters
    /// or digits, and a sentence ends with a mark and a blank, a tag or a line. An output that states no answer reasons unless it is one sentence of at most
    /// ten words outside of the tags.
    /// </summary>
    /// <param name="output">The whole output.</param>
    public static bool IsIn(string output)
    {
        string text = Tag().Replace(output, "\n");
        int[] places = [.. Commitment.Find(text, letters: true).Select(place => place.Index).Order()];
        int before = 0, sentences = 0, leadIn = 0, at = 0;
        foreach ((int start, int end) in Split(text))
        {
            bool states = false;
            for (; at < places.Length && places[at] < end; at++)
            {
                leadIn = states ? leadIn : Math.Max(leadIn, Words(text.AsSpan(start, Math.Max(0, places[at] - start))));
                states = true;
            }

            int words = states ? 0 : Words(text.AsSpan(start, end - start));
            before += words;
            sentences += words > 0 ? 1 : 0;
            if (places.Length > 0 && at == places.Length)
            {
                break;
            }
        }

        return places.Length == 0
            ? before > MostWordsOfBareAnswer || (sentences > 1 && before >= LeastWords) || Words(Thinking.Inside(output)) >= LeastWords
            : before >= LeastWords || leadIn >= LeastWordsOfLeadIn;
    }

    private static List<(int Start, int End)> Split(string text)
    {
        List<(int Start, int End)> sentences = [];
        int start = 0;
        foreach (ValueMatch border in Border().EnumerateMatches(text))
        {
            int end = border.Index + border.Length;
            sentences.Add((start, end));
            start = end;
        }

        sentences.Add((start, text.Length));
        return sentences;
    }

    private static int Words(ReadOnlySpan<char> text)
    {
        int words = 0;
        foreach (ValueMatch _ in Word().EnumerateMatches(text))
        {
            words++;
        }

        return words;
    }

    [GeneratedRegex("</?think>", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex(@"(?<=[.!?。！？])[""'”’)*$]{0,3}\s|\n", RegexOptions.CultureInvariant)]
    private static partial Regex Border();

    [GeneratedRegex(@"\p{L}+|\p{N}+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
