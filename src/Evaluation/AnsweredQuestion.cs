using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation;

/// <summary>A question with the one answer that was given to it.</summary>
internal sealed record AnsweredQuestion(Question Question, ModelAnswer Answer)
{
    /// <summary>The questions of a stage's input in their order, each with its answer.</summary>
    /// <exception cref="UserErrorException">A question has no answer or two, or an answer belongs to no question.</exception>
    public static List<AnsweredQuestion> Read(StageContext context)
    {
        List<Question> questions = QuestionRows.InOrder<Question>(context.Input(GradeStage.QuestionsRole), row => row.Id);
        string path = context.Input(GradeStage.AnswersRole);
        Dictionary<string, ModelAnswer> answers = QuestionRows.ById<ModelAnswer>(path, row => row.QuestionId, [.. questions.Select(question => question.Id)]);
        return [.. questions.Select(question => new AnsweredQuestion(question, QuestionRows.Row(answers, question.Id, path)))];
    }
}
