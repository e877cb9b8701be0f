using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.CommonQuestions;

/// <summary>What a question asks: two files ask the same where all three parts are equal. White space and the order of options are no difference.</summary>
/// <param name="Text">The text.</param>
/// <param name="Options">The options in ordinal order, one a line.</param>
/// <param name="Reference">The text of the right option, or the reference of a free answer.</param>
internal sealed record QuestionWording(string Text, string Options, string Reference)
{
    public static QuestionWording Of(Question question) => new(
        Flat(question.Text),
        string.Join('\n', question.Options.Select(Flat).Order(StringComparer.Ordinal)),
        question.Options.Count > 0 && question.Reference is [>= 'A' and var letter] && letter - 'A' < question.Options.Count
            ? Flat(question.Options[letter - 'A'])
            : question.Reference);

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
