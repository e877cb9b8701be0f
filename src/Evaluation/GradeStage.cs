using NaturalThoughts.Answers;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation;

/// <summary>Grades exactly one answer to every question; the grades stand in the order of the questions.</summary>
public sealed class GradeStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "grade";

    /// <summary>The role of the questions.</summary>
    public const string QuestionsRole = "questions";

    /// <summary>The role of the answers.</summary>
    public const string AnswersRole = "answers";

    /// <summary>The file with the grades.</summary>
    public const string Output = "grades.jsonl";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [QuestionsRole, AnswersRole], [Output]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        if (context.Options<GradeOptions>().Validate() is { Count: > 0 } errors)
        {
            throw new UserErrorException(errors);
        }

        List<Question> questions = QuestionRows.InOrder<Question>(context.Input(QuestionsRole), row => row.Id);
        string path = context.Input(AnswersRole);
        Dictionary<string, ModelAnswer> answers = QuestionRows.ById<ModelAnswer>(path, row => row.QuestionId, [.. questions.Select(question => question.Id)]);
        List<Grade> grades = [.. questions.Select(question => Grade(question, QuestionRows.Row(answers, question.Id, path)))];

        JsonLines.Write(context.Output(Output), grades);
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
        string? shown = extracted ?? AnswerExtraction.Extract(answer.Output, []);
        return new Grade(question.Id, answer.Prompt, answer.Output, shown, correct, answer.Tokens, answer.Truncated);
    }
}
