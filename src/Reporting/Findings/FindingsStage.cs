using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Reporting.Locks;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Findings;

/// <summary>
/// Judges findings that were declared before the run, on cells of other tables: see <see cref="FindingAnalysis"/>. Files, roles and lock are those
/// of a table; the lock's body also has the digest of the declaration and each finding's numbers. A cell
/// answers the benchmarks whose grades are bound. Where a finding is about levels, the questions of a benchmark's first cell and seed are bound as well.
/// </summary>
public sealed class FindingsStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "findings";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(
        Name, [], [TableStage.Markdown, TableStage.Csv, TableStage.Lock, TableStage.Outcomes, TableStage.Figure]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        FindingsOptions options = context.Options<FindingsOptions>();
        TableStage.Check(options);
        List<CellScores> scores = GradeFiles.Read(
            context, options, (cell, benchmark) => context.HasInput(TableRoles.Grades(cell.Address, benchmark.Name, cell.Seeds[0])));
        IReadOnlyList<FindingResult> results = FindingAnalysis.Of(options, new FindingData(context, options, scores).Test);
        List<CellResult> cells = Comparisons.Of(options, scores);

        string csv = FindingsCsv.Write(results), outcomes = OutcomesFile.Write(options, scores);
        JsonObject body = LockBody.Of(options, cells, csv, outcomes);
        body["declaration"] = options.Declaration;
        body["findings"] = new JsonObject(results.Select(result => KeyValuePair.Create<string, JsonNode?>(result.Finding.Id, Values(result))));
        TableStage.Write(context, TableStage.Markdown, FindingsMarkdown.Write(options, results, cells));
        TableStage.Write(context, TableStage.Csv, csv);
        TableStage.Write(context, TableStage.Outcomes, outcomes);
        TableStage.Write(context, TableStage.Lock, CanonicalJson.WriteIndented(new JsonObject { ["body"] = body, ["history"] = new JsonArray() }));
        TableStage.Write(context, TableStage.Figure, FindingsFigure.Write(options, results));
        StageResult counts = new() { Counts = { ["findings"] = results.Count, ["controls"] = results.Count(result => result.Finding.IsControl) } };
        foreach (FindingVerdict verdict in Enum.GetValues<FindingVerdict>())
        {
            counts.Counts[verdict.Word()] = results.Count(result => !result.Finding.IsControl && result.Verdict == verdict);
        }

        return counts;
    }

    private static JsonObject Values(FindingResult result) => new()
    {
        ["verdict"] = result.Verdict.Word(),
        ["estimate"] = FindingNumbers.Value(result, result.Estimate, 4),
        ["pHolm"] = Numbers.P(result.HolmP),
    };
}
