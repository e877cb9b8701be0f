using NaturalThoughts.Answers;
using NaturalThoughts.Answers.Extraction;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation;

/// <summary>Grades exactly one answer to every question; the grades stand in the order of the questions.</summary>
public sealed class GradeStage : IStage
{
    /// <inheritdoc />
    public StageDescription Description { get; } = new("grade", ["questions", "answers"], ["grades.jsonl"]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        if (context.Options<GradeOptions>().Validate() is { Count: > 0 } errors)
        {
            throw new UserErrorException(errors);
        }

        List<Question> questions = QuestionRows.InOrder<Question>(context.Input("questions"), row => row.Id);
        string path = context.Input("answers");
        Dictionary<string, ModelAnswer> answers = QuestionRows.ById<ModelAnswer>(path, row => row.QuestionId, [.. questions.Select(question => question.Id)]);
        List<Grade> grades = [.. questions.Select(question => Grade(question, QuestionRows.Row(answers, question.Id, path)))];

        JsonLines.Write(context.Output("grades.jsonl"), grades);
        return new StageResult
        {
            Counts = new(StringComparer.Ordinal)
            {
                ["rows"] = grades.Count,
                ["correct"] = grades.Count(grade => grade.Correct),
                ["unparsed"] = grades.Count(grade => grade.Extracted is null),
                ["truncated"] = grades.Count(grade => grade.Truncated),
                ["tokens"] = grades.Sum(grade => (long)grade.Tokens),
            },
        };
    }

    private static Grade Grade(Question question, ModelAnswer answer)
    {
        string? extracted = AnswerExtraction.Extract(answer.Output, question.Options);
        bool correct = extracted is not null && AnswerEquality.Same(question.Reference, extracted);

        // A value that is no option is an answer, a wrong one; only an output without a commitment is unparsed.
        string? shown = extracted ?? AnswerExtraction.Stated(answer.Output);
        return new Grade(question.Id, answer.Prompt, answer.Output, shown, correct, answer.Tokens, answer.Truncated);
    }
}
