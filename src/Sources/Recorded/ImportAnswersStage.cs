using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Recorded;

/// <summary>
/// Takes answers that somebody else's model gave, in place of <c>generate</c>. answers.jsonl has one answer a question, of one repeat;
/// questions.jsonl the questions that were answered, their options in the order in which the model saw them, for <c>grade</c>;
/// recorded.jsonl what the file's own program made of each answer.
/// </summary>
public sealed class ImportAnswersStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "import-answers";

    /// <summary>The file of the answers.</summary>
    public const string Answers = "answers.jsonl";

    /// <summary>The file of the questions that have an answer.</summary>
    public const string Questions = "questions.jsonl";

    /// <summary>The file of <see cref="RecordedAnswer"/>s.</summary>
    public const string Recorded = "recorded.jsonl";

    /// <summary>The file that says what was imported.</summary>
    public const string Report = "report.json";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [SourceOptions.Role, "questions"], [Answers, Questions, Recorded, Refusals.FileName, Report]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        ImportAnswersOptions options = context.Options<ImportAnswersOptions>();
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new UserErrorException(errors);
        }

        List<Question> questions = QuestionRows.InOrder<Question>(context.Input("questions"), row => row.Id);
        IReadOnlyList<SourceFile> files = options.Source.Open(context.Input(SourceOptions.Role), context.Cancellation);
        Refusals refusals = new(options.BadRows);
        AnswerImport import = new(options, questions);
        JsonLines.Write(context.Output(Answers), import.Read(files, refusals, context, (answer, _, _) => answer));
        JsonLines.Write(
            context.Output(Questions), questions.Where(question => import.Answered.ContainsKey(question.Id)).Select(question => import.Answered[question.Id]));
        JsonLines.Write(context.Output(Recorded), import.Recorded);
        refusals.Write(context);
        if (import.Recorded.Count == 0)
        {
            throw new UserErrorException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"None of the {refusals.Seen} rows is an answer of repeat {options.Repeat} to one of the "
                    + $"{questions.Count} questions ({refusals.Warning ?? "no row is wrong in itself"})."),
                string.Join(", ", files.Select(file => file.Name)),
                "Check the format, the field map and the questions.");
        }

        JsonObject report = import.ToJson(files, refusals);
        File.WriteAllText(context.Output(Report), CanonicalJson.WriteIndented(report));
        return new StageResult
        {
            Counts = new(StringComparer.Ordinal)
            {
                ["rows"] = import.Recorded.Count,
                ["dropped"] = refusals.Total,
                ["unanswered"] = questions.Count - import.Answered.Count,
                ["truncated"] = import.Truncated,
            },
            Warnings = [.. new[] { refusals.Warning }.Concat(import.Warnings(questions.Count)).OfType<string>()],
        };
    }
}
