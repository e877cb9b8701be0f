using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Reporting.Locks;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.DifficultyProxies;

/// <summary>
/// Tries signs of difficulty on models' answers: does disagreement of two models, the length of a response, or how much several models agree
/// predict that another model is wrong, and does it in each category? Files, roles and lock are those of a table.
/// </summary>
public sealed class ProxiesStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "proxies";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(
        Name, [], [TableStage.Markdown, TableStage.Csv, TableStage.Lock, TableStage.Outcomes, TableStage.Figure]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        ProxiesOptions options = context.Options<ProxiesOptions>();
        Check(options);
        List<CellScores> scores = GradeFiles.Read(context, options);
        List<CellResult> results = Comparisons.Of(options, scores);
        List<ProxyRow> rows = ProxyAnalysis.Of(ProxyData.Read(context, options), options.Proxies, context.Cancellation);

        string csv = ProxiesCsv.Write(rows), outcomes = OutcomesFile.Write(options, scores);
        JsonObject file = new() { ["body"] = LockBody.Of(options, results, csv, outcomes), ["history"] = new JsonArray() };
        TableStage.Write(context, TableStage.Markdown, new ProxiesMarkdown(options, rows).Write(results, CommonSentences.Of(context, options)));
        TableStage.Write(context, TableStage.Csv, csv);
        TableStage.Write(context, TableStage.Outcomes, outcomes);
        TableStage.Write(context, TableStage.Lock, CanonicalJson.WriteIndented(file));
        TableStage.Write(context, TableStage.Figure, ProxiesFigure.Write(options, rows));
        return new StageResult
        {
            Counts = new(StringComparer.Ordinal) { ["cells"] = options.Cells.Count, ["questions"] = scores[0].N, ["rows"] = rows.Count },
        };
    }

    private static void Check(ProxiesOptions options)
    {
        TableStage.Check(options);
        List<UserError> errors = [.. options.Proxies.Validate([.. options.Cells.Select(cell => cell.Address)])];
        if (options.Benchmarks.Count != 1)
        {
            errors.Add(new UserError(
                FormattableString.Invariant($"A table of proxies is about one benchmark, not {options.Benchmarks.Count}."),
                options.Name + ".benchmarks", "Name one."));
        }

        errors.AddRange(options.Cells.Where(cell => cell.Seeds.Count != 1)
            .Select(cell => new UserError(
                FormattableString.Invariant($"'{cell.Address}' has {cell.Seeds.Count} replicates."), options.Name + ".cells",
                "A signal is made of one answer to each question.")));
        if (errors.Count > 0)
        {
            throw new UserErrorException(errors);
        }
    }
}
