using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.CommonQuestions;

/// <summary>The questions that a row answers, as it saw them.</summary>
internal sealed class SeenQuestions
{
    private readonly Dictionary<string, (Question Question, QuestionWording Wording)> _questions;
    private readonly HashSet<string> _otherReference;

    private SeenQuestions(string row, Dictionary<string, (Question Question, QuestionWording Wording)> questions, HashSet<string> otherReference) =>
        (Row, _questions, _otherReference) = (row, questions, otherReference);

    public string Row { get; }

    public int Count => _questions.Count;

    /// <summary>The ids in the order of the file.</summary>
    public IEnumerable<string> Ids => _questions.Keys;

    /// <exception cref="UserErrorException">A question appears twice, or a file is none of its kind.</exception>
    public static SeenQuestions Read(StageContext context, string row)
    {
        List<Question> questions = QuestionRows.InOrder<Question>(context.Input(CommonQuestionsStage.QuestionsRole(row)), question => question.Id);
        Dictionary<string, (Question Question, QuestionWording Wording)> known = questions.ToDictionary(
            question => question.Id, question => (question, QuestionWording.Of(question)), StringComparer.Ordinal);
        HashSet<string> other = new(StringComparer.Ordinal);
        if (context.HasInput(CommonQuestionsStage.RecordedRole(row)))
        {
            other.UnionWith(JsonLines.Stream<RecordedReference>(context.Input(CommonQuestionsStage.RecordedRole(row)))
                .Where(recorded =>
                    known.TryGetValue(recorded.QuestionId, out (Question Question, QuestionWording Wording) mine) && Differs(mine.Question, recorded.Reference))
                .Select(recorded => recorded.QuestionId));
        }

        return new SeenQuestions(row, known, other);
    }

    public Question Question(string id) => _questions[id].Question;

    public QuestionWording? Find(string id) => _questions.TryGetValue(id, out (Question Question, QuestionWording Wording) question) ? question.Wording : null;

    /// <summary>Why the row does not answer a question of this wording; null where it does.</summary>
    public string? WhyNot(string id, QuestionWording wording) => Find(id) switch
    {
        null => "notAnswered",
        { } mine when mine.Text != wording.Text => "textDiffers",
        { } mine when mine.Options != wording.Options => "optionsDiffer",
        { } mine when mine.Reference != wording.Reference || _otherReference.Contains(id) => "referenceDiffers",
        _ => null,
    };

    // Of a question with options only a letter can be compared: some programs keep other words there.
    private static bool Differs(Question question, string? reference) =>
        reference?.Trim('(', ')') is { } theirs && (question.Options.Count == 0 || theirs.Length == 1) && theirs != question.Reference.Trim('(', ')');

    /// <summary>The part of an import's recorded.jsonl that is looked at.</summary>
    private sealed record RecordedReference(string QuestionId, string? Reference);
}
