using System.Text;
using System.Text.RegularExpressions;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>
/// EleutherAI/lm-evaluation-harness 4e7e0d4: tasks/mmlu_pro 3.1 and tasks/gpqa 2.2 (filters/extraction.py, exact_match of api/metrics.py
/// without case and punctuation). What is not found becomes "[invalid]".
/// </summary>
internal static partial class LmEvalLetters
{
    private const string Fallback = "[invalid]";

    public static IEnumerable<IGradingProtocol> All =>
    [
        new RuleProtocol("lm-eval-mmlu-pro", "3.1", (response, _) => Found(MmluPro.AnswerIs(response)), Same),
        new RuleProtocol("lm-eval-gpqa-strict", "2.2", (response, _) => Found(Strict(response)), Same),
        new RuleProtocol("lm-eval-gpqa-flexible", "2.2", (response, question) => Found(Flexible(response, question.Options)), Same),
    ];

    private static Reading Found(string? text) => text is null ? Reading.Placeholder(Fallback) : Reading.Of(text);

    /// <summary>Equal without case and ASCII punctuation: the reference "(C)" and "c.".</summary>
    private static bool? Same(Question question, string extracted) =>
        AsciiPunctuation().Replace(extracted.ToLowerInvariant(), "") == AsciiPunctuation().Replace(question.Reference.ToLowerInvariant(), "");

    /// <summary>
    /// The first <c>(?&lt;=The answer is )(.*)(?=.)</c>: the rest of the line except for its last character, so "The answer is C" gives "".
    /// </summary>
    private static string? Strict(string response)
    {
        const string label = "The answer is ";
        for (int i = response.IndexOf(label, StringComparison.Ordinal); i >= 0; i = response.IndexOf(label, i + 1, StringComparison.Ordinal))
        {
            int begin = i + label.Length;
            int end = response.IndexOf('\n', begin);
            end = end < 0 ? response.Length : end;
            if (end > begin)
            {
                bool pair = end - begin > 1 && char.IsSurrogatePair(response[end - 2], response[end - 1]);
                return PythonText.Strip(response[begin..(end - (pair ? 2 : 1))]);
            }
        }

        return null;
    }

    /// <summary>
    /// The last letter in parentheses; else the last of the options' words anywhere, also inside of other words, apart from case and
    /// punctuation; else the last letter after a colon.
    /// </summary>
    private static string? Flexible(string response, IReadOnlyList<string> options)
    {
        for (int open = response.LastIndexOf('('); open >= 0; open = open == 0 ? -1 : response.LastIndexOf('(', open - 1))
        {
            if (open + 2 < response.Length && response[open + 1] is >= 'A' and <= 'Z' && response[open + 2] == ')')
            {
                return response.Substring(open, 3);
            }
        }

        List<string> words = [.. options.Select(option => Plain(PythonText.Strip(option)))];
        string? match = LastWords(Plain(response), words) is { } last ? PythonText.Strip(last) : null;
        if (!string.IsNullOrEmpty(match))
        {
            int index = words.LastIndexOf(match);
            return index < 0 ? match : Parenthesised(index);
        }

        return LastAfterColon(response, options.Count);
    }

    /// <summary>The last match of the alternatives from left to right, the first that fits at each place.</summary>
    private static string? LastWords(string text, List<string> words)
    {
        // Where each alternative begins next; one that is empty fits everywhere, where no earlier one does.
        int[] next = [.. words.Select(word => text.IndexOf(word, StringComparison.Ordinal))];
        string? last = null;
        int at = 0;
        while (at <= text.Length)
        {
            int first = -1;
            for (int i = 0; i < words.Count; i++)
            {
                if (next[i] >= 0 && next[i] < at)
                {
                    next[i] = text.IndexOf(words[i], at, StringComparison.Ordinal);
                }

                if (next[i] >= 0 && (first < 0 || next[i] < next[first]))
                {
                    first = i;
                }
            }

            if (first < 0)
            {
                break;
            }

            last = words[first];
            at = next[first] + Math.Max(1, words[first].Length);
        }

        return last;
    }

    private static string? LastAfterColon(string response, int options)
    {
        for (int i = response.Length - 1; i >= 0; i--)
        {
            if (response[i] < 'A' || response[i] >= 'A' + options)
            {
                continue;
            }

            int colon = i - 1;
            while (colon >= 0 && PythonText.IsSpace(response[colon]))
            {
                colon--;
            }

            if (colon >= 0 && response[colon] == ':')
            {
                return Parenthesised(response[i] - 'A');
            }
        }

        return null;
    }

    private static string Parenthesised(int index) => $"({(char)('A' + index)})";

    /// <summary>Lower case, without what Unicode calls punctuation.</summary>
    private static string Plain(string text)
    {
        StringBuilder plain = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (!Rune.IsPunctuation(rune))
            {
                plain.Append(Rune.ToLowerInvariant(rune));
            }
        }

        return plain.ToString();
    }

    // Python's string.punctuation.
    [GeneratedRegex(@"[!-/:-@\[-`{-~]", RegexOptions.CultureInvariant)]
    private static partial Regex AsciiPunctuation();
}
