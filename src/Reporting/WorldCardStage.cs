using System.Text;
using NaturalThoughts.Contracts;
using NaturalThoughts.Reporting.Figures;
using NaturalThoughts.Reporting.Pools;

namespace NaturalThoughts.Reporting;

/// <summary>
/// Describes a pool: an example per family, counts, how well the annotator reads, how often the second model agrees with the teacher. Whether two
/// answers are the same is the judge's word where <c>judgements</c> are bound, and else that their trimmed texts are equal except for case.
/// </summary>
public sealed class WorldCardStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "world-card";

    /// <summary>The role of the questions.</summary>
    public const string QuestionsRole = "questions";

    /// <summary>The role of the traces.</summary>
    public const string TracesRole = "traces";

    /// <summary>The role of the annotations.</summary>
    public const string AnnotationsRole = "annotations";

    /// <summary>The role of the second model's answers.</summary>
    public const string AnswersRole = "answers";

    /// <summary>The role of the judgements; optional.</summary>
    public const string JudgementsRole = "judgements";

    private const string Card = "card.md";
    private const string Domains = "domain.svg";
    private const string Levels = "level.svg";
    private const string Lengths = "length.svg";
    private const string Strategies = "strategies.svg";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(
        Name,
        [QuestionsRole, TracesRole, AnnotationsRole, AnswersRole],
        [Card, Domains, Levels, Lengths, Strategies])
    {
        OptionalInputs = [JudgementsRole],
    };

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        WorldCardOptions options = context.Options<WorldCardOptions>();
        PoolRows rows = PoolRows.Read(context);
        Write(context, Card, PoolCard.Write(options, rows));
        Write(context, Domains, BarFigure.Write("Questions by domain", rows.Count(row => [row.Domain])));
        Write(context, Levels, BarFigure.Write("Questions by level", rows.Count(row => [row.Level])));
        Write(context, Lengths, BarFigure.Write("Traces by length in tokens", PoolCard.Lengths(rows)));
        Write(context, Strategies, BarFigure.Write("Traces by strategy", rows.Count(row => row.Strategies)));
        return new StageResult { Counts = { ["rows"] = rows.Rows.Count } };
    }

    private static void Write(StageContext context, string name, string text) => File.WriteAllText(context.Output(name), text, new UTF8Encoding(false));
}
