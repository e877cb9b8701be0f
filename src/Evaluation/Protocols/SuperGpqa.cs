using System.Text.RegularExpressions;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>
/// SuperGPQA/SuperGPQA 03a3e27, eval/eval.py: three patterns for a label (A to J, however many options there are; lower case is found and
/// counted as wrong) on the last line, then anywhere; then <see cref="SuperGpqaWords"/>. Five-shot reads up to "Question:" first. The
/// patterns' nested stars, which cost Python exponential time, stand here as the same languages without nesting.
/// </summary>
internal static class SuperGpqa
{
    /// <summary>A character or a command before the answer, as the patterns have it.</summary>
    private const string Before = @"(?:\\(?:boxed|mathbf|mathrm|text)\{|[*${(\[\\])*";

    /// <summary>
    /// What may follow a label. In the patterns a run of closing signs comes before the end: of these ) ends the label as well, so that one
    /// of them anywhere in the run is enough.
    /// </summary>
    private const string After = @"(?:[\\}$\]]*(?:[" + Space + @":.*)]|$))";

    private const string Space = PythonText.Space;

    private const string Label = "(?<label>[A-Ja-j\u0130\u0131])";

    private static readonly Regex[] Labels =
    [
        Pattern(
            $@"[tT][hH][eE][{Space}]+(?:[{PythonText.Word}]+[{Space}]+)?(?:answer|option)(?:[{PythonText.Word}]+[{Space}]+)?"
            + $@"[{Space}]+is?:?[{Space}]*{Before}[{Space}]*{Label}{After}"),
        Pattern($@"answer[*{Space}]*:[{Space}]*{Before}[{Space}]*{Label}{After}"),
        Pattern($@"^[^{PythonText.Word}\r\n]*{Before}[{Space}]*{Label}{After}"),
    ];

    public static IEnumerable<IGradingProtocol> All =>
    [
        new RuleProtocol("supergpqa-zero-shot", "03a3e27", (response, question) => Reading.Of(Read(response, question)), RuleProtocol.Exact),
        new RuleProtocol("supergpqa-five-shot", "03a3e27", FiveShot, RuleProtocol.Exact),
    ];

    private static Reading FiveShot(string response, Question question)
    {
        int next = response.IndexOf("Question:", StringComparison.Ordinal);
        string? own = next < 0 ? null : Read(response[..next], question);
        return Reading.Of(own ?? Read(response, question));
    }

    private static string? Read(string response, Question question)
    {
        string text = PythonText.StripEnd(response);
        string line = text[(text.LastIndexOf('\n') + 1)..];
        foreach (string part in new[] { line, text })
        {
            foreach (Regex pattern in Labels)
            {
                if (pattern.Match(part) is { Success: true } match)
                {
                    return match.Groups["label"].Value;
                }
            }
        }

        return SuperGpqaWords.Find(line, question.Options) ?? SuperGpqaWords.Find(text, question.Options);
    }

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);
}
