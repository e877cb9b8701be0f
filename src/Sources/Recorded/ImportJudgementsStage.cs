using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Recorded;

/// <summary>Takes judgements that somebody's judge gave, in place of asking one.</summary>
public sealed class ImportJudgementsStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "import-judgements";

    /// <summary>The file of the judgements.</summary>
    public const string Output = "judgements.jsonl";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [SourceOptions.Role, "questions"], [Output, Refusals.FileName, SignalImport.Report]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        SignalOptions options = context.Options<SignalOptions>();
        if (options.Validate(("agree", options.Map.Agree)) is { Count: > 0 } errors)
        {
            throw new UserErrorException(errors);
        }

        RowPath path = RowPath.Parse(options.Map.Agree!);
        return SignalImport.Run(context, options, Output, [options.Map.Agree!], (id, row, values) => new Judgement(id, Agree(row, path, values)));
    }

    private static bool Agree(SourceRow row, RowPath path, RowValues values)
    {
        string text = values.Required(row, path);
        return text.ToLowerInvariant() switch
        {
            "true" or "1" or "1.0" or "yes" => true,
            "false" or "0" or "0.0" or "no" => false,
            _ =>
                throw new RefusedRowException(
                    "wrongType", $"The verdict must be true or false, not {values.Quote(text)}.", "Fix the row, or check the field map."),
        };
    }
}
