using System.Text.RegularExpressions;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>
/// openai/simple-evals ee3b031 (common.py, gpqa_eval.py, mmlu_eval.py, math_eval.py): the first match of a pattern in the whole response.
/// A miss is wrong. Python's patterns ignore case, so that a lower-case letter is found; it is not the reference.
/// </summary>
internal static partial class SimpleEvals
{
    private const string Version = "ee3b031";

    // "Answer" as Python's re.IGNORECASE has it: the long s (U+017F) is an s.
    private const string Answer = "[aA][nN][sS\u017f][wW][eE][rR]";

    private static readonly Regex[] Languages = [.. Labels().Select(label => new Regex(
        label + "[ \\t]*(?<letter>[A-D\u0623-\u062f\u0985\u09ac\u09a1\u09a2\uff21-\uff24])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking))];

    /// <summary>The letters that an Arabic, a Bengali and a Japanese answer uses for A to D.</summary>
    private static readonly (string From, string To)[] Alphabets =
    [
        ("\u0623", " A"), ("\u0628", " B"), ("\u062c", " C"), ("\u062f", " D"),
        ("\u0985", " A"), ("\u09ac", " B"), ("\u09a1", " C"), ("\u09a2", " D"),
        ("\uff21", " A"), ("\uff22", " B"), ("\uff23", " C"), ("\uff24", " D"),
    ];

    private static readonly string[] Markup =
        ["**", "$\\boxed{", "}$", "\\$", "$\\text{", "$", "\\mathrm{", "\\{", "\\text", "\\(", "\\mathbf{", "{", "\\boxed"];

    public static IEnumerable<IGradingProtocol> Letters =>
    [
        new RuleProtocol("simple-evals-gpqa", Version, (response, _) => First(Gpqa(), response), RuleProtocol.Exact),
        new RuleProtocol("simple-evals-mmlu", Version, (response, _) => Reading.Of(Mmlu(response)), RuleProtocol.Exact),
    ];

    /// <summary>The text after the first "Answer:"; a language model decides whether it is right.</summary>
    public static IGradingProtocol Math { get; } =
        new RuleProtocol("simple-evals-math", Version, (response, _) => First(FreeAnswer(), response), (_, _) => null);

    private static Reading First(Regex pattern, string response) =>
        pattern.Match(response) is { Success: true } match ? Reading.Of(match.Groups["answer"].Value) : Reading.None;

    private static string? Mmlu(string response)
    {
        string bare = Markup.Aggregate(response, (text, mark) => text.Replace(mark, "", StringComparison.Ordinal));
        Match? match = Languages.Select(language => language.Match(bare)).FirstOrDefault(match => match.Success);
        return match is null
            ? null
            : PythonText.Strip(
                Alphabets.Aggregate(match.Groups["letter"].Value, (text, letter) => text.Replace(letter.From, letter.To, StringComparison.Ordinal)));
    }

    /// <summary>"Answer" in many languages, in the order in which they are tried.</summary>
    private static IEnumerable<string> Labels()
    {
        string[] labels =
        [
            @"Answer\s*:", @"Answer\s*:\u200b{6}", @"\u0989\u09a4\u09cd\u09a4\u09b0\s*:", @"\u0909\u0924\u094d\u0924\u0930\s*:",
            @"\u0989\u09a4\u09cd\u09a4\u09b0\u0983", @"\u0989\u09a4\u09cd\u09a4\u09b0\s*:", @"Antwort\s*:", @"답변\s*:", @"정답\s*:", @"답\s*:",
            @"答案\s*：", @"答案\s*:", @"答\s*：", @"答\s*:", @"答复\s*：", @"答曰\s*：",
            "الإجابة:", "الجواب:", "إجابة:", "الإجابة النهائية:", "الإجابة الصحيحة:", "الإجابة الصحيحة هي:", "الإجابة هي:", "الجواب النهائي:",
            @"Respuesta\s*:", @"Risposta\s*:", @"答え\s*:", @"答え\s*：", @"回答\s*:", @"回答\s*：", @"解答\s*:", @"Jawaban\s*:", @"R\u00e9ponse\s*:",
            @"Resposta\s*:", @"Jibu\s*:", @"Idahun\s*:", @"\u00ccd\u00e1h\u00f9n\s*:", @"Id\u00e1h\u00f9n\s*:", @"A\u0300m\u1ecd\u0300na\u0300\s*:",
            @"\u00c0d\u00e1h\u00f9n\s*:", @"A\u0300nu\u0301go\u0323\s*:", @"\u00c0\u1e63\u00e0y\u00e0n\s*:",
        ];
        return labels.Select(label => label.Replace(@"\s", "[" + PythonText.Space + "]", StringComparison.Ordinal));
    }

    [GeneratedRegex(Answer + @"[ \t]*:[ \t]*\$?(?<answer>[A-Da-d])\$?", RegexOptions.CultureInvariant)]
    private static partial Regex Gpqa();

    [GeneratedRegex(Answer + "[" + PythonText.Space + "]*:[" + PythonText.Space + @"]*(?<answer>[^\n]+)", RegexOptions.CultureInvariant)]
    private static partial Regex FreeAnswer();
}
