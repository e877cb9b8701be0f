using System.Text;
using NaturalThoughts.Contracts;
using NaturalThoughts.Reporting.Figures;
using NaturalThoughts.Reporting.World;

namespace NaturalThoughts.Reporting;

/// <summary>
/// Describes a pool: an example per family, counts, how well the annotator reads, how often the second model agrees with the teacher. Whether two
/// answers are the same is the judge's word where <c>judgements</c> are bound, and else that their trimmed texts are equal but for case.
/// </summary>
public sealed class WorldCardStage : IStage
{
    /// <inheritdoc />
    public StageDescription Description { get; } = new(
        "world-card",
        ["questions", "traces", "annotations", "answers"],
        ["card.md", "domain.svg", "level.svg", "length.svg", "strategies.svg"])
    {
        OptionalInputs = ["judgements"],
    };

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        WorldCardOptions options = context.Options<WorldCardOptions>();
        WorldRows rows = WorldRows.Read(context);
        Write(context, "card.md", WorldCard.Write(options, rows));
        Write(context, "domain.svg", BarFigure.Write("Questions by domain", rows.Count(row => [row.Domain])));
        Write(context, "level.svg", BarFigure.Write("Questions by level", rows.Count(row => [row.Level])));
        Write(context, "length.svg", BarFigure.Write("Traces by length in tokens", WorldCard.Lengths(rows)));
        Write(context, "strategies.svg", BarFigure.Write("Traces by strategy", rows.Count(row => row.Strategies)));
        return new StageResult { Counts = { ["rows"] = rows.Rows.Count } };
    }

    private static void Write(StageContext context, string name, string text) => File.WriteAllText(context.Output(name), text, new UTF8Encoding(false));
}
