using System.Text;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Reporting.Figures;
using NaturalThoughts.Reporting.Locks;
using NaturalThoughts.Reporting.Measures;
using NaturalThoughts.Reporting.Modes;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting;

/// <summary>
/// Turns grades into a table, its lock, its outcomes and its figure. The roles are those of <see cref="TableRoles"/>, bound as the cells need them.
/// </summary>
public sealed class TableStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "table";

    /// <summary>The file with the table in Markdown.</summary>
    public const string Markdown = "table.md";

    /// <summary>The file with the table's values.</summary>
    public const string Csv = "table.csv";

    /// <summary>The lock of the values.</summary>
    public const string Lock = "lock.json";

    /// <summary>The outcome of each question.</summary>
    public const string Outcomes = "outcomes";

    /// <summary>The file with the table's figure.</summary>
    public const string Figure = "figure.svg";

    /// <summary>The measures beside the accuracies; written only where the table asks for one.</summary>
    public const string Measures = "measures.csv";

    /// <summary>What is compared between modes of thinking; written only where the table asks for it.</summary>
    public const string Modes = "modes.csv";

    /// <summary>Our figures beside published ones; written only where the table says which belong together.</summary>
    public const string Paper = "paper.csv";

    private static readonly string[] Classes = ["exact", "pinned", "statistical"];

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [], [Markdown, Csv, Lock, Outcomes, Figure]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        TableOptions options = context.Options<TableOptions>();
        Check(options);
        List<CellScores> scores = GradeFiles.Read(context, options);
        List<CellResult> results =
            [.. Comparisons.Of(options, scores).Select(result => result with { Protocols = ProtocolRange.Read(context, result.Scores) })];

        List<CellMeasures> measures = MeasureFiles.Read(context, options);

        List<OverSizes> family = OverSizes.Of(options, results);
        string csv = CsvTable.Write(results, family, options.Baseline), outcomes = OutcomesFile.Write(options, scores);
        JsonObject body = LockBody.Of(options, results, csv, outcomes);
        if (measures.Count > 0)
        {
            string measured = MeasureCsv.Write(measures);
            body["measures"] = ContentHash.OfText(measured).Hex;
            Write(context, Measures, measured);
        }

        List<ModeResult> modes = ModeFiles.Read(context, options);
        List<Compositions> compositions = Compositions.Read(context, options);
        if (options.Modes is { } compared)
        {
            string written = ModeCsv.Write(compared, modes, compositions);
            body["modes"] = ContentHash.OfText(written).Hex;
            Write(context, Modes, written);
        }

        if (options.Paper?.Of is not null)
        {
            Write(context, Paper, BesidePaper.Csv(BesidePaper.Pairs(options.Paper, results)));
        }

        TableOptions printed = options with
        {
            FamilyOverSizes = family.Count > 0,
            Notes = [.. CommonSentences.Of(context, options), .. ExpectedEffects.Of(results), .. options.Notes],
        };
        JsonObject file = new() { ["body"] = body, ["history"] = new JsonArray() };
        Write(
            context, Markdown,
            MarkdownTable.Write(
                printed, results, family,
                ModeSection.Write(options, modes, compositions) + MeasureSection.Write(options, measures) + SelectionSection.Write(context, options)));
        Write(context, Csv, csv);
        Write(context, Outcomes, outcomes);
        Write(context, Lock, CanonicalJson.WriteIndented(file));
        Write(context, Figure, options.Modes is null ? SizeFigure.Write(options, results) : ModeFigure.Write(options, modes, compositions));
        return new StageResult
        {
            Counts =
            {
                ["cells"] = options.Cells.Count,
                ["comparisons"] = results.Count(result => result.Comparison is not null),
                ["degenerate"] = results.Count(result => result.Degenerate is not null),
                ["unparsed"] = scores.Sum(cell => cell.Unparsed),
            },
            Warnings =
            [
                .. Comparisons.Missing(options),
                .. results
                    .Where(result => result.Degenerate is not null)
                    .Select(result => $"{result.Scores.Cell.Address} on {result.Scores.Benchmark.Name} has no p-value: {result.Degenerate}."),
            ],
        };
    }

    internal static void Check(TableOptions options)
    {
        List<UserError> errors = [];
        if (!Classes.Contains(options.Class, StringComparer.Ordinal))
        {
            errors.Add(new UserError($"'{options.Class}' is not a class of lock.", $"{options.Name}.class", "Use exact, pinned or statistical."));
        }

        errors.AddRange(options.Columns.Where(column => !TableColumns.IsKnown(column))
            .Select(column => new UserError($"'{column}' is not a column.", $"{options.Name}.columns", $"Use some of {string.Join(", ", TableColumns.All)}.")));
        errors.AddRange(options.Cells.GroupBy(cell => cell.Address, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => new UserError($"The cell '{group.Key}' appears twice.", $"{options.Name}.cells", "Give each row its own address.")));
        errors.AddRange(options.Cells.Where(cell => cell.Seeds.Count == 0 || cell.Seeds.Distinct().Count() < cell.Seeds.Count)
            .Select(cell =>
                new UserError($"The seeds of '{cell.Address}' are none or not distinct.", $"{options.Name}.cells", "Give each replicate its own seed.")));
        errors.AddRange(options.Cells.Where(cell => cell.Baseline is { } other && options.Cells.All(row => row.Address != other))
            .Select(cell => new UserError(
                $"The baseline '{cell.Baseline}' of '{cell.Address}' is not a row.", $"{options.Name}.cells", "Name the address of another row.")));
        errors.AddRange((options.Paper?.Rows ?? []).Where(row => row.Values.Count != options.Paper!.Columns.Count)
            .Select(row => new UserError(
                $"The paper's row '{row.Row}' has {row.Values.Count} values.", $"{options.Name}.paper",
                $"Give {options.Paper!.Columns.Count}, null where there is none.")));
        errors.AddRange(options.Paper?.Of is { } of && of.Count != options.Paper.Columns.Count
            ? [new UserError(
                $"The paper's 'of' has {of.Count} items.", $"{options.Name}.paper", $"Give {options.Paper.Columns.Count}, null where ours has nothing.")]
            : []);
        if (errors.Count > 0)
        {
            throw new UserErrorException(errors);
        }
    }

    internal static void Write(StageContext context, string name, string text) => File.WriteAllText(context.Output(name), text, new UTF8Encoding(false));
}
