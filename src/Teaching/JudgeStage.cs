using NaturalThoughts.Answers;
using NaturalThoughts.Answers.Extraction;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Teaching;

/// <summary>
/// Judges whether the teacher and a second model give the same answer: both answers are extracted by the same rules and compared
/// after normalisation. Where one of them gives no answer, they disagree. One judgement a question that has a trace, in the
/// order of the questions; each of these needs an answer of the second model.
/// </summary>
public sealed class JudgeStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "judge";

    /// <summary>The role of the questions.</summary>
    public const string QuestionsRole = "questions";

    /// <summary>The role of the traces.</summary>
    public const string TracesRole = "traces";

    /// <summary>The role of the second model's answers.</summary>
    public const string AnswersRole = "answers";

    /// <summary>The file with the judgements.</summary>
    public const string Output = "judgements.jsonl";

    private sealed record NoOptions;

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [QuestionsRole, TracesRole, AnswersRole], [Output]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        _ = context.Options<NoOptions>();
        List<Question> questions = QuestionRows.InOrder<Question>(context.Input(QuestionsRole), row => row.Id);
        List<string> ids = [.. questions.Select(question => question.Id)];
        Dictionary<string, Trace> traces = QuestionRows.ById<Trace>(context.Input(TracesRole), row => row.QuestionId, ids);
        Dictionary<string, ModelAnswer> answers = QuestionRows.ById<ModelAnswer>(context.Input(AnswersRole), row => row.QuestionId, ids);

        List<Judgement> judgements = [];
        int teacherSilent = 0;
        int secondSilent = 0;
        foreach (Question question in questions.Where(question => traces.ContainsKey(question.Id)))
        {
            string? teacher = AnswerExtraction.Extract(traces[question.Id].Answer, question.Options);
            string? second = AnswerExtraction.Extract(QuestionRows.Row(answers, question.Id, context.Input(AnswersRole)).Output, question.Options);
            teacherSilent += teacher is null ? 1 : 0;
            secondSilent += second is null ? 1 : 0;
            judgements.Add(new Judgement(question.Id, teacher is not null && second is not null && AnswerEquality.Same(teacher, second)));
        }

        JsonLines.Write(context.Output(Output), judgements);
        return new StageResult
        {
            Counts = new(StringComparer.Ordinal)
            {
                ["rows"] = judgements.Count,
                ["disagree"] = judgements.Count(judgement => !judgement.Agree),
                ["teacherUnparsed"] = teacherSilent,
                ["secondUnparsed"] = secondSilent,
                ["dropped"] = questions.Count - judgements.Count,
            },
        };
    }
}
