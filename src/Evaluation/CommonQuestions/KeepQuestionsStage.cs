using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.CommonQuestions;

/// <summary>
/// Keeps the questions of a benchmark whose meta has one of some values, and the answers to them: a table of one domain asks and pays for no
/// question again.
/// </summary>
public sealed class KeepQuestionsStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "keep-questions";

    /// <summary>The role of the questions.</summary>
    public const string QuestionsRole = "questions";

    /// <summary>The role of the answers.</summary>
    public const string AnswersRole = "answers";

    /// <summary>The file with the questions that are kept.</summary>
    public const string Questions = "questions.jsonl";

    /// <summary>The file with the answers to them.</summary>
    public const string Answers = "answers.jsonl";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [QuestionsRole, AnswersRole], [Questions, Answers]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        KeepQuestionsOptions options = context.Options<KeepQuestionsOptions>();
        string path = context.Input(QuestionsRole);
        List<Question> all = QuestionRows.InOrder<Question>(path, row => row.Id);
        List<Question> kept =
            [.. all.Where(question => question.Meta.TryGetValue(options.Meta, out string? value) && options.Values.Contains(value, StringComparer.Ordinal))];
        if (kept.Count == 0)
        {
            string[] known =
                [.. all.Select(question => question.Meta.GetValueOrDefault(options.Meta)).OfType<string>().Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)];
            throw new UserErrorException(
                $"None of {all.Count} questions has the {options.Meta} {string.Join(" or ", options.Values.Select(value => $"'{Quoted.Of(value)}'"))}.",
                path,
                known.Length == 0
                    ? $"These questions have no '{options.Meta}' in their meta."
                    : $"Those of these questions are {string.Join(", ", known.Take(30).Select(value => Quoted.Of(value)))}.");
        }

        HashSet<string> ids = new(kept.Select(question => question.Id), StringComparer.Ordinal);
        JsonLines.Write(context.Output(Questions), kept);
        JsonLines.Write(context.Output(Answers), JsonLines.Stream<ModelAnswer>(context.Input(AnswersRole)).Where(answer => ids.Contains(answer.QuestionId)));
        return new StageResult { Counts = new(StringComparer.Ordinal) { ["rows"] = kept.Count, ["leftOut"] = all.Count - kept.Count } };
    }
}
