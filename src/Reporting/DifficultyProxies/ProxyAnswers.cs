using NaturalThoughts.Records;

namespace NaturalThoughts.Reporting.DifficultyProxies;

/// <summary>One model's answers, question by question.</summary>
/// <param name="Given">The option's text, or the free answer; null where none could be read.</param>
/// <param name="IsWrong">True where the answer is not right.</param>
/// <param name="Tokens">Tokens of the response.</param>
internal sealed record ProxyAnswers(string?[] Given, bool[] IsWrong, double[] Tokens)
{
    public static ProxyAnswers Read(string path, IReadOnlyList<Question> questions)
    {
        Dictionary<string, Grade> grades = QuestionRows.ById<Grade>(path, grade => grade.QuestionId, [.. questions.Select(question => question.Id)]);
        Grade[] ordered = [.. questions.Select(question => QuestionRows.Row(grades, question.Id, path))];
        return new ProxyAnswers(
            [.. questions.Zip(ordered, (question, grade) => Answer(question, grade.Extracted))],
            [.. ordered.Select(grade => !grade.Correct)],
            [.. ordered.Select(grade => (double)grade.Tokens)]);
    }

    // Models may have seen the options in different orders: what a letter stood for is compared, and not the letter.
    private static string? Answer(Question question, string? extracted) =>
        extracted is [>= 'A' and var letter] && letter - 'A' < question.Options.Count ? question.Options[letter - 'A'] : extracted;
}
