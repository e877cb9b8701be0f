using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation.Protocols;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation;

/// <summary>Grades exactly one answer to every question by one protocol; the grades are in the order of the questions.</summary>
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
        GradeOptions options = context.Options<GradeOptions>();
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new UserErrorException(errors);
        }

        IGradingProtocol protocol = ProtocolCatalog.Find(options.Protocol)!;
        List<AnsweredQuestion> rows = AnsweredQuestion.Read(context);
        List<Grade> grades = [.. rows.Select(row => Grade(protocol, row))];

        JsonLines.Write(context.Output(Output), grades);
        StageResult result = new()
        {
            Counts = new(StringComparer.Ordinal)
            {
                ["rows"] = grades.Count,
                ["correct"] = grades.Count(grade => grade.Correct),
                ["unparsed"] = grades.Count(grade => grade.Extracted is null),
                ["guessed"] = grades.Count(grade => grade.Credit is not null),
                ["undecided"] = grades.Count(grade => grade.Undecided),
                ["truncated"] = grades.Count(grade => grade.Truncated),
                ["tokens"] = grades.Sum(grade => (long)grade.Tokens),
            },
        };
        OutputFaults.Count(rows, result.Counts);
        return result;
    }

    private static Grade Grade(IGradingProtocol protocol, AnsweredQuestion row)
    {
        (Question question, ModelAnswer answer) = row;
        Graded graded = Graded.Of(protocol, answer.Output, question);
        bool correct = graded.Verdict == Verdict.Right;
        return new Grade(
            question.Id, answer.Prompt, answer.Output, graded.Reading.IsParsed ? graded.Reading.Text : null, correct, answer.Tokens, answer.Truncated)
        {
            Credit = graded.Reading.IsGuess ? graded.Reading.Chance : null,
            Undecided = graded.Verdict == Verdict.Undecided,
        };
    }
}
