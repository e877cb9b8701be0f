using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Reporting.Modes;

/// <summary>What the training sets of a student are composed of, as the reports of <c>compose</c> say.</summary>
/// <param name="Cell">The first row of the student.</param>
/// <param name="Reports">Per replicate the report.</param>
internal sealed record Compositions(ModeCell Cell, IReadOnlyList<JsonNode> Reports)
{
    /// <summary>All students with a training set, in the order of the table.</summary>
    public static List<Compositions> Read(StageContext context, TableOptions options) =>
    [
        .. (options.Modes?.Cells ?? []).DistinctBy(cell => cell.Student)
            .Select(cell => (Cell: cell, options.Cells.First(row => row.Address == cell.Address).Seeds))
            .Where(row => context.HasInput(TableRoles.Composition(row.Cell.Address, row.Seeds[0])))
            .Select(row => new Compositions(row.Cell, [.. row.Seeds.Select(seed => Parse(context.Input(TableRoles.Composition(row.Cell.Address, seed))))])),
    ];

    /// <summary>System-2 examples among all, over all replicates.</summary>
    public double Share => Sum("all", null, "system2") / (double)(Sum("all", null, "system2") + Sum("all", null, "system1"));

    /// <summary>Examples of a replicate, on average: of all, or of a domain or a level.</summary>
    public double Mean(string part, string? name, string kind) => (double)Sum(part, name, kind) / Reports.Count;

    /// <summary>The domains or the levels, in ordinal order.</summary>
    public IReadOnlyList<string> Names(string part) =>
        [.. Reports.SelectMany(report => report[part]!.AsObject().Select(entry => entry.Key)).Distinct().Order(StringComparer.Ordinal)];

    private long Sum(string part, string? name, string kind) =>
        Reports.Sum(report => (name is null ? report[part] : report[part]![name])?[kind]!.GetValue<long>() ?? 0);

    private static JsonNode Parse(string path) => JsonNode.Parse(TextFiles.ReadStrict(path)) ?? throw new InvalidOperationException($"{path} is empty.");
}
