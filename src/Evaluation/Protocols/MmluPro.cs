using System.Text.RegularExpressions;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>
/// TIGER-AI-Lab/MMLU-Pro f418b11: evaluate_from_api.py, evaluate_from_local.py and level 1 of compute_accuracy.py. Three patterns in turn
/// over the whole response; where all fail the programs draw an option at random, each time results are read.
/// </summary>
internal static partial class MmluPro
{
    private const string Version = "f418b11";

    /// <summary>May 2024: the first pattern alone. Some of the benchmark's published results were made by it.</summary>
    private const string FirstVersion = "835a420";

    /// <summary>The letters that compute_accuracy.py draws from, however many options there are.</summary>
    private const int Letters = 10;

    public static IEnumerable<IGradingProtocol> All =>
    [
        new RuleProtocol(
            "mmlu-pro-api", Version, (response, question) => Read(response.Replace("**", "", StringComparison.Ordinal), question), RuleProtocol.Exact),
        new RuleProtocol("mmlu-pro-local", Version, Read, RuleProtocol.Exact),
        new RuleProtocol(
            "mmlu-pro-local", FirstVersion,
            (response, question) => AnswerIs(response) is { } letter ? Reading.Of(letter) : Reading.Guess(question.Options.Count), RuleProtocol.Exact),
        new RuleProtocol(
            "mmlu-pro-level1", Version, (response, _) => AnswerIs(response) is { } letter ? Reading.Of(letter) : Reading.Guess(Letters), RuleProtocol.Exact),
    ];

    /// <summary>The letter of the first <c>answer is \(?([A-J])\)?</c>; null without one. lm-evaluation-harness has the same pattern.</summary>
    public static string? AnswerIs(string response)
    {
        const string label = "answer is ";
        for (int i = response.IndexOf(label, StringComparison.Ordinal); i >= 0; i = response.IndexOf(label, i + 1, StringComparison.Ordinal))
        {
            int at = i + label.Length;
            at += at < response.Length && response[at] == '(' ? 1 : 0;
            if (at < response.Length && response[at] is >= 'A' and <= 'J')
            {
                return response[at].ToString();
            }
        }

        return null;
    }

    private static Reading Read(string response, Question question)
    {
        string? letter = AnswerIs(response) ?? AnswerColon(response);
        if (letter is null && PythonText.LastLoneLetter(response, 'J') is >= 0 and int last)
        {
            letter = response[last].ToString();
        }

        return letter is null ? Reading.Guess(question.Options.Count) : Reading.Of(letter);
    }

    /// <summary><c>.*[aA]nswer:\s*([A-J])</c>: on the first line with a match, the last one that begins on it.</summary>
    private static string? AnswerColon(string response)
    {
        string? letter = null;
        int lineEnd = int.MaxValue;
        for (Match match = Labelled().Match(response); match.Success && match.Index < lineEnd; match = match.NextMatch())
        {
            letter = match.Groups["letter"].Value;
            if (lineEnd == int.MaxValue && response.IndexOf('\n', match.Index) is >= 0 and int end)
            {
                lineEnd = end;
            }
        }

        return letter;
    }

    [GeneratedRegex("[aA]nswer:[" + PythonText.Space + "]*(?<letter>[A-J])", RegexOptions.CultureInvariant)]
    private static partial Regex Labelled();
}
