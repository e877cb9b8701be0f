using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Recorded;

/// <summary>
/// Takes traces that somebody's teacher wrote, in place of asking one. The parameters are those of <see cref="ImportAnswersStage"/>; the
/// tokens that a map names are those of the thought. An answer that was cut off, or has no thought or nothing after it, is refused.
/// </summary>
public sealed class ImportTracesStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "import-traces";

    /// <summary>The file of the traces.</summary>
    public const string Output = "traces.jsonl";

    private const string Report = "report.json";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [SourceOptions.Role, "questions"], [Output, Refusals.FileName, Report]);

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
        JsonLines.Write(context.Output(Output), import.Read(files, refusals, context, Trace));
        refusals.Write(context);
        File.WriteAllText(context.Output(Report), CanonicalJson.WriteIndented(import.ToJson(files, refusals)));
        return new StageResult
        {
            Counts = new(StringComparer.Ordinal)
            {
                ["rows"] = import.Answered.Count,
                ["dropped"] = refusals.Total,
                ["unanswered"] = questions.Count - import.Answered.Count,
            },
            Warnings = [.. new[] { refusals.Warning }.OfType<string>()],
        };
    }

    private static Trace Trace(ModelAnswer answer, RecordedRow row, RowPlace place)
    {
        if (answer.Truncated)
        {
            throw new RefusedRowException("cutOff", "The answer was cut off at the limit of tokens.", "Ask the teacher for more tokens, or leave the row out.");
        }

        (string thinking, string text) = ThinkSplit.Of(answer.Output);
        int tokens = row.Outputs.Count == 1 && row.Tokens is { } given ? given : WordSplitter.Count(thinking);
        return new Trace(answer.QuestionId, thinking, text, tokens) { Meta = new(StringComparer.Ordinal) { [QuestionMeta.Source] = place.Provenance } };
    }
}
