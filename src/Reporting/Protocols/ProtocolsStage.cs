using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation.ProtocolSpread;
using NaturalThoughts.Reporting.Locks;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Protocols;

/// <summary>How much accuracies depend on the grading protocol: the same answers under each. Files, roles and lock are those of a table.</summary>
public sealed class ProtocolsStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "protocols";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(
        Name, [], [TableStage.Markdown, TableStage.Csv, TableStage.Lock, TableStage.Outcomes, TableStage.Figure]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        ProtocolsOptions options = context.Options<ProtocolsOptions>();
        TableStage.Check(options);
        List<CellScores> scores = GradeFiles.Read(context, options);
        List<CellResult> results = Comparisons.Of(options, scores);
        ProtocolCell[] cells =
        [
            .. from cell in options.Cells
               from benchmark in options.Benchmarks
               from seed in cell.Seeds
               select new ProtocolCell(cell, benchmark, seed, ProtocolSpreadReport.Read(context.Input(TableRoles.Spread(cell.Address, benchmark.Name, seed)))),
        ];

        string csv = ProtocolsCsv.Write(cells), outcomes = OutcomesFile.Write(options, scores);
        JsonObject file = new() { ["body"] = LockBody.Of(options, results, csv, outcomes), ["history"] = new JsonArray() };
        TableStage.Write(context, TableStage.Markdown, ProtocolsMarkdown.Write(options, cells, CommonSentences.Of(context, options)));
        TableStage.Write(context, TableStage.Csv, csv);
        TableStage.Write(context, TableStage.Outcomes, outcomes);
        TableStage.Write(context, TableStage.Lock, CanonicalJson.WriteIndented(file));
        TableStage.Write(context, TableStage.Figure, ProtocolsFigure.Write(options, cells));
        return new StageResult
        {
            Counts = new(StringComparer.Ordinal) { ["cells"] = options.Cells.Count, ["protocols"] = options.Protocols.Count },
        };
    }
}
