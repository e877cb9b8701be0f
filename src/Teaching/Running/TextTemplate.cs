using System.Text;

namespace NaturalThoughts.Teaching.Running;

/// <summary>Templates with marks such as <c>{question}</c>. What a value says is never read as a mark.</summary>
internal static class TextTemplate
{
    /// <summary>The text with each mark replaced by its value.</summary>
    public static string Fill(string template, IReadOnlyDictionary<string, string> values)
    {
        StringBuilder text = new();
        int at = 0;
        while (at < template.Length)
        {
            KeyValuePair<string, string>? mark = template[at] != '{' ? null
                : values.Select(pair => (KeyValuePair<string, string>?)pair)
                    .FirstOrDefault(pair => string.CompareOrdinal(template, at, pair!.Value.Key, 0, pair.Value.Key.Length) == 0);
            text.Append(mark is { } found ? found.Value : template.AsSpan(at, 1));
            at += mark?.Key.Length ?? 1;
        }

        return text.ToString();
    }

    /// <summary>A question as a reader sees it: its text, and its options one a line, as in <c>A) 12 km</c>.</summary>
    public static string Of(Records.Question question) =>
        string.Join('\n', [question.Text, .. question.Options.Select((option, i) => $"{(char)('A' + i)}) {option}")]);
}
