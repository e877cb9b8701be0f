using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Questions;

/// <summary>
/// Takes questions from files outside of the store: benchmarks, pools, examples for prompts. Rows are streamed; every question knows its
/// row. report.json has counts and no text of a row beside the values of the question's meta.
/// </summary>
public sealed class ImportQuestionsStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "import-questions";

    /// <summary>The file of the questions.</summary>
    public const string Questions = "questions.jsonl";

    private const int ProgressRows = 10_000;

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [SourceOptions.Role], [Questions, Refusals.FileName, QuestionReport.FileName]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        ImportQuestionsOptions options = context.Options<ImportQuestionsOptions>();
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new UserErrorException(errors);
        }

        IReadOnlyList<SourceFile> files = options.Source.Open(context.Input(SourceOptions.Role), context.Cancellation);
        Refusals refusals = new(options.BadRows);
        QuestionReport report = new(options.Map);
        JsonLines.Write(context.Output(Questions), Read(context, options, files, refusals, report));
        if (options.Rows is { } rows && rows != refusals.Seen)
        {
            throw new UserErrorException(
                FormattableString.Invariant($"The files have {refusals.Seen} rows, not {rows} as declared."),
                string.Join(", ", files.Select(file => file.Name)),
                "The download may not be complete, or its owner published another version.");
        }

        refusals.Write(context);
        File.WriteAllText(context.Output(QuestionReport.FileName), CanonicalJson.WriteIndented(report.ToJson(files, refusals)));
        return new StageResult
        {
            Counts = new(StringComparer.Ordinal) { ["rows"] = report.Questions, ["dropped"] = refusals.Total },
            Warnings = [.. new[] { refusals.Warning }.OfType<string>(), .. report.Warnings],
        };
    }

    private static IEnumerable<Question> Read(
        StageContext context, ImportQuestionsOptions options, IReadOnlyList<SourceFile> files, Refusals refusals, QuestionReport report)
    {
        QuestionMapper mapper = new(options.Map, options.Confidential, options.Shuffled);
        Dictionary<string, string> seen = new(StringComparer.Ordinal);
        foreach (SourceRow row in options.Source.Rows(files, mapper.Paths, context.Cancellation))
        {
            Question? question = refusals.Map(row, mapped => Once(mapper.Map(mapped), mapped, seen, options.Map.Id is null));
            if (question is not null)
            {
                report.Add(question);
                yield return question;
            }

            if (refusals.Seen % ProgressRows == 0)
            {
                context.Progress?.Report(new StageProgress(refusals.Seen, options.Rows ?? 0, "rows"));
            }
        }
    }

    private static Question Once(Question question, SourceRow row, Dictionary<string, string> seen, bool byContent)
    {
        string place = row.Place.ToString();
        return seen.TryAdd(question.Id, place)
            ? question
            : throw new RefusedRowException(
                "duplicateId",
                byContent ? $"The row asks what {seen[question.Id]} asks." : $"The id '{question.Id}' is already in {seen[question.Id]}.",
                byContent ? "Remove one of them." : "Give each question an id of its own, or leave 'id' out of the field map.");
    }
}
