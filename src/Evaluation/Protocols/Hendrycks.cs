namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>hendrycks/math 985bdc1 (dataset/util.py, eval_math_gpt.py): what the last \boxed{} holds, by <see cref="HendrycksString"/>.</summary>
internal static class Hendrycks
{
    private const string Box = "\\boxed{";

    public static IGradingProtocol LastBoxed { get; } = new RuleProtocol(
        "hendrycks-last-boxed",
        "985bdc1",
        (response, _) => Reading.Of(Inside(Last(response))),
        (question, extracted) => HendrycksString.Same(extracted, question.Reference));

    /// <summary>The last box of the text, its command included; null without one, or where it is never closed.</summary>
    public static string? Last(string text)
    {
        int begin = text.LastIndexOf("\\boxed", StringComparison.Ordinal);
        begin = begin < 0 ? text.LastIndexOf("\\fbox", StringComparison.Ordinal) : begin;
        int open = 0;
        for (int i = Math.Max(0, begin); begin >= 0 && i < text.Length; i++)
        {
            open += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (text[i] == '}' && open == 0)
            {
                return text[begin..(i + 1)];
            }
        }

        return null;
    }

    /// <summary>What the box holds; null for "\boxed {..}" and \fbox.</summary>
    public static string? Inside(string? box) =>
        box is not null && box.StartsWith(Box, StringComparison.Ordinal) && box.EndsWith('}') ? box[Box.Length..^1] : null;
}
