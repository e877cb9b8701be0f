using System.Text;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Records;

/// <summary>
/// Prompt templates: <c>{question}</c> stands for the question's text; <c>{options}</c> for its options, one a line, as in <c>A) 12 km</c>;
/// <c>{choices}</c> for their words in one line, as in <c>options 12 km , 9 km</c>, for students that answer in words (the grader reads
/// them as the option's letter). For a question without options the last two vanish together with the line break before them.
/// </summary>
public static class PromptTemplate
{
    /// <summary>Stands for the question's text.</summary>
    public const string QuestionMark = "{question}";

    /// <summary>The marks that stand for the options; a template for questions with options has one of them.</summary>
    public static IReadOnlyList<string> OptionMarks { get; } = ["{options}", "{choices}"];

    /// <summary>The user's message. What the question's text says is never read as a placeholder.</summary>
    /// <exception cref="UserErrorException">The template lacks <c>{question}</c>, or the question has options and the template has no place for
    /// them.</exception>
    public static string Render(string template, Question question)
    {
        if (!template.Contains(QuestionMark, StringComparison.Ordinal))
        {
            throw Lacks(template, QuestionMark, "Every prompt needs the question.");
        }

        if (question.Options.Count == 0)
        {
            foreach (string mark in OptionMarks)
            {
                template = template.Replace("\n" + mark, "", StringComparison.Ordinal).Replace(mark, "", StringComparison.Ordinal);
            }
        }
        else if (!OptionMarks.Any(mark => template.Contains(mark, StringComparison.Ordinal)))
        {
            throw Lacks(template, OptionMarks[0], $"The question '{question.Id}' has options.");
        }

        StringBuilder text = new();
        int at = 0;
        while (at < template.Length)
        {
            ReadOnlySpan<char> rest = template.AsSpan(at);
            (string mark, string value) = rest.StartsWith(QuestionMark, StringComparison.Ordinal) ? (QuestionMark, question.Text)
                : rest.StartsWith(OptionMarks[0], StringComparison.Ordinal) ? (OptionMarks[0], Join("\n", question, (letter, option) => $"{letter}) {option}"))
                : rest.StartsWith(OptionMarks[1], StringComparison.Ordinal) ? (OptionMarks[1], "options " + Join(" , ", question, (_, option) => option))
                : (template[at..(at + 1)], template[at..(at + 1)]);
            text.Append(value);
            at += mark.Length;
        }

        return text.ToString();
    }

    private static string Join(string separator, Question question, Func<char, string, string> spell) =>
        string.Join(separator, question.Options.Select((option, i) => spell((char)('A' + i), option)));

    private static UserErrorException Lacks(string template, string mark, string why) =>
        new($"The prompt template lacks '{mark}': \"{template}\".", "template", why);
}
