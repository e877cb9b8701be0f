using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>
/// Math-Verify 0.9.0, parser.py, StringExtractionConfig over the options' letters: patterns in the order of their priority; of the first
/// that matches anywhere, the match that ends last.
/// </summary>
internal sealed class MathVerifyLetters : IGradingProtocol
{
    private const string Space = "[" + PythonText.Space + "]";

    private const string Answer = "[aA][nN][sS\u017f][wW][eE][rR]";

    private const string FinalAnswer = "[fF][iI\u0130\u0131][nN][aA][lL] " + Answer;

    private readonly ConcurrentDictionary<int, Regex[]> _patterns = [];

    private MathVerifyLetters()
    {
    }

    public static IGradingProtocol Protocol { get; } = new MathVerifyLetters();

    public string Name => "math-verify-letters";

    public string Version => "0.9.0";

    public Reading Extract(string response, Question question)
    {
        foreach (Regex pattern in _patterns.GetOrAdd(Math.Clamp(question.Options.Count, 1, 26), Patterns))
        {
            Match? last = null;
            for (Match match = pattern.Match(response); match.Success; match = match.NextMatch())
            {
                last = match;
            }

            if (last is not null)
            {
                return Reading.Of(last.Groups["letter"].Value);
            }
        }

        return Reading.None;
    }

    public bool? Same(Question question, string extracted) => string.Equals(extracted, question.Reference, StringComparison.OrdinalIgnoreCase);

    private static Regex[] Patterns(int options)
    {
        string letter = $"(?<letter>[A-{(char)('A' + options - 1)}])";
        string suffix = @"(?:\*\*)?(?:\.|,|:|" + Space + "|$)";
        string alone = $@"(?:^|{Space})(?:\*\*)?{letter}{suffix}";
        string[] patterns =
        [
            $@"{FinalAnswer} [iI\u0130\u0131][sS\u017f]:?{Space}*{letter}\.?{Space}?I hope",
            $@"{FinalAnswer}.{{0,100}}?{Space}+is:?{Space}*{letter}",
            $@"{Answer}:.{{0,50}}?{alone}",
            $@"{Answer}.{{0,50}}?{alone}",
            $@"^(?:\*\*)?{letter}{suffix}",
            alone,
        ];
        return [.. patterns.Select(pattern => new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking))];
    }
}
