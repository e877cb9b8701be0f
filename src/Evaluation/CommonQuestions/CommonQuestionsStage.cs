using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.CommonQuestions;

/// <summary>
/// Keeps the questions that all rows of a table answer with the same text, options and reference, and the answers to them: files of recorded
/// answers come from several versions of a benchmark. For each row it writes the questions as that row saw them, and its answers.
/// </summary>
public sealed class CommonQuestionsStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "common-questions";

    /// <summary>The common questions, as the first row saw them.</summary>
    public const string Questions = "questions.jsonl";

    /// <summary>The <see cref="LeftOutQuestion"/>s.</summary>
    public const string LeftOut = "left-out.jsonl";

    /// <summary>The <see cref="CommonQuestionsReport"/>.</summary>
    public const string Report = "report.json";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [], [Questions, LeftOut, Report]);

    /// <summary>The role of the questions as a row saw them.</summary>
    public static string QuestionsRole(string row) => "questions/" + row;

    /// <summary>The role of a row's answers.</summary>
    public static string AnswersRole(string row) => "answers/" + row;

    /// <summary>The role of what a file of recorded answers says of the references; optional.</summary>
    public static string RecordedRole(string row) => "recorded/" + row;

    /// <summary>The role of the report of a row's import; optional.</summary>
    public static string ImportRole(string row) => "import/" + row;

    /// <summary>The file with the common questions as a row saw them.</summary>
    public static string QuestionsOf(string row) => $"questions-{row}.jsonl";

    /// <summary>The file with a row's answers to the common questions.</summary>
    public static string AnswersOf(string row) => $"answers-{row}.jsonl";

    /// <summary>The file that holds the answers of a role; null for a role of another kind.</summary>
    public static string? FileOfAnswers(string role) =>
        role.StartsWith(AnswersRole(""), StringComparison.Ordinal) ? AnswersOf(role[AnswersRole("").Length..]) : null;

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        IReadOnlyList<string> rows = context.Options<CommonQuestionsOptions>().Rows;
        SeenQuestions[] seen = [.. rows.Select(row => SeenQuestions.Read(context, row))];
        List<LeftOutQuestion> leftOut = [];
        List<string> common = [];
        foreach (string id in seen.SelectMany(row => row.Ids).Distinct(StringComparer.Ordinal))
        {
            QuestionWording wording = seen.Select(row => row.Find(id)).OfType<QuestionWording>().First();
            LeftOutQuestion[] missing =
                [.. seen.Select(row => (row.Row, Reason: row.WhyNot(id, wording))).Where(row => row.Reason is not null)
                    .Select(row => new LeftOutQuestion(id, row.Row, row.Reason!))];
            leftOut.AddRange(missing);
            if (missing.Length == 0)
            {
                common.Add(id);
            }
        }

        int questions = leftOut.Select(row => row.QuestionId).Distinct(StringComparer.Ordinal).Count();
        if (common.Count == 0)
        {
            throw new UserErrorException(
                "No question is answered by all rows in the same wording.", string.Join(", ", rows),
                "Check that all rows are answers to one benchmark, or leave a row out.");
        }

        Write(context, seen, common, rows);
        JsonLines.Write(context.Output(LeftOut), leftOut);
        new CommonQuestionsReport(
            common.Count, questions, [.. seen.Select(row => new CommonRow(row.Row, row.Count, Count(leftOut, row.Row), Refused(context, row.Row)))])
            .Write(context.Output(Report));
        return new StageResult { Counts = new(StringComparer.Ordinal) { ["rows"] = rows.Count, ["questions"] = common.Count, ["leftOut"] = questions } };
    }

    private static void Write(StageContext context, SeenQuestions[] seen, List<string> common, IReadOnlyList<string> rows)
    {
        HashSet<string> kept = new(common, StringComparer.Ordinal);
        JsonLines.Write(context.Output(Questions), common.Select(id => seen[0].Question(id)));
        for (int i = 0; i < rows.Count; i++)
        {
            string answers = context.Input(AnswersRole(rows[i]));
            JsonLines.Write(context.Output(QuestionsOf(rows[i])), common.Select(id => seen[i].Question(id)));
            JsonLines.Write(context.Output(AnswersOf(rows[i])), JsonLines.Stream<ModelAnswer>(answers).Where(answer => kept.Contains(answer.QuestionId)));
            context.Progress?.Report(new StageProgress(i + 1, rows.Count, "rows"));
        }
    }

    private static SortedDictionary<string, int> Count(IEnumerable<LeftOutQuestion> leftOut, string row) => new(
        leftOut.Where(question => question.Row == row).GroupBy(question => question.Reason, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count()),
        StringComparer.Ordinal);

    private static SortedDictionary<string, long> Refused(StageContext context, string row) => new(
        context.HasInput(ImportRole(row)) && JsonNode.Parse(File.ReadAllBytes(context.Input(ImportRole(row))))?["refused"] is JsonObject refused
            ? refused.ToDictionary(reason => reason.Key, reason => (long)reason.Value!)
            : [],
        StringComparer.Ordinal);
}
