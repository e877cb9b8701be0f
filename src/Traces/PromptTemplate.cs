using System.Globalization;
using System.Text;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Traces;

/// <summary>
/// Prompt templates: <c>{question}</c> stands for the question's text, <c>{options}</c> for its options, one a line, as in
/// <c>A) 12 km</c>. For a question without options, <c>{options}</c> vanishes together with the line break before it.
/// </summary>
public static class PromptTemplate
{
    private const string QuestionMark = "{question}";
    private const string OptionsMark = "{options}";

    /// <summary>The user's message. What the question's text says is never read as a placeholder.</summary>
    /// <exception cref="UserErrorException">The template lacks <c>{question}</c>, or the question has options and the template lacks <c>{options}</c>.</exception>
    public static string Render(string template, Question question)
    {
        Require(template, QuestionMark, "Every prompt needs the question.");
        if (question.Options.Count == 0)
        {
            template = template.Replace("\n" + OptionsMark, "", StringComparison.Ordinal).Replace(OptionsMark, "", StringComparison.Ordinal);
        }
        else
        {
            Require(template, OptionsMark, $"The question '{question.Id}' has options.");
        }

        StringBuilder text = new();
        int at = 0;
        while (at < template.Length)
        {
            if (template.AsSpan(at).StartsWith(QuestionMark, StringComparison.Ordinal))
            {
                text.Append(question.Text);
                at += QuestionMark.Length;
            }
            else if (template.AsSpan(at).StartsWith(OptionsMark, StringComparison.Ordinal))
            {
                text.AppendJoin('\n', question.Options.Select((option, i) => string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + i)}) {option}")));
                at += OptionsMark.Length;
            }
            else
            {
                text.Append(template[at++]);
            }
        }

        return text.ToString();
    }

    private static void Require(string template, string mark, string why)
    {
        if (!template.Contains(mark, StringComparison.Ordinal))
        {
            throw new UserErrorException($"The prompt template lacks '{mark}': \"{template}\".", "template", why);
        }
    }
}
