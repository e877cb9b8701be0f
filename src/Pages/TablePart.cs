using System.Text.Json.Nodes;
using NaturalThoughts.Reporting;
using NaturalThoughts.Reporting.Locks;
using NaturalThoughts.Reporting.Tables;
using static NaturalThoughts.Pages.ReportText;

namespace NaturalThoughts.Pages;

/// <summary>A table as data: locked values, digests, outcomes, and every pair of cells with its test.</summary>
internal static class TablePart
{
    /// <summary>The table as one JSON object.</summary>
    /// <param name="source">What is known of the cells.</param>
    /// <param name="table">The table.</param>
    /// <param name="answers">Cell and benchmark to the name of the part with their answers, or why there is none.</param>
    /// <param name="shared">What the table has in common with others.</param>
    public static JsonObject Of(
        ReportSource source, ReportTable table, IReadOnlyDictionary<(string Cell, string Benchmark), (string? Part, string Missing)> answers,
        SharedStudents shared) =>
        new()
        {
            ["name"] = table.Name,
            ["description"] = table.Description,
            ["findings"] = table.HasFindings,
            ["class"] = table.Lock.Body["class"]?.DeepClone(),
            ["probe"] = table.Lock.Body["probe"]?.DeepClone(),
            ["benchmarks"] = new JsonArray(
                [.. table.Benchmarks.Select(benchmark =>
                    (JsonNode)new JsonObject { ["name"] = benchmark, ["n"] = table.Questions(benchmark), ["ids"] = table.IdsDigest(benchmark) })]),
            ["cells"] = new JsonArray([.. table.Cells.Select(cell => (JsonNode)Cell(source, table, cell, answers, shared))]),
            ["pairs"] = ScriptPart.Map(table.Benchmarks, benchmark => benchmark, benchmark => Pairs(table, benchmark)),
        };

    /// <summary>What the table says of single students: packed outcomes and digests.</summary>
    public static IEnumerable<JsonNode> OfStudents(ReportTable table) =>
        table.Cells.SelectMany(cell => cell.Seeds.SelectMany(seed => table.Benchmarks.Select(benchmark => Outcomes(table, cell, benchmark, seed))
            .Append(Digests(table, cell, seed)))).OfType<JsonNode>();

    private static JsonNode? Outcomes(ReportTable table, TableCell cell, string benchmark, int seed) =>
        PackedOutcomes.Of(table.Outcomes(cell.Address, benchmark, seed));

    private static JsonNode? Digests(ReportTable table, TableCell cell, int seed) =>
        Shortened(table.Lock.Provenance?["cells"]?[cell.Address]?[Provenance.Seed(seed)]);

    private static JsonObject Cell(
        ReportSource source, ReportTable table, TableCell cell, IReadOnlyDictionary<(string, string), (string? Part, string Missing)> answers,
        SharedStudents shared) =>
        new()
        {
            ["address"] = cell.Address,
            ["what"] = source.Describe(table.Name, cell.Address),
            ["method"] = cell.Method,
            ["size"] = cell.Size,
            ["mix"] = cell.Mix,
            ["baseline"] = cell.Baseline,
            ["seeds"] = new JsonArray([.. cell.Seeds.Select(seed => (JsonNode)seed)]),
            ["class"] = table.Lock.Provenance?["cells"]?[cell.Address]?["class"]?.DeepClone(),
            ["digests"] = ScriptPart.Map(cell.Seeds, Provenance.Seed, seed => shared.Of(Digests(table, cell, seed))),
            ["benchmarks"] = ScriptPart.Map(
                table.Benchmarks.Where(benchmark => table.Value(cell.Address, benchmark) is not null), benchmark => benchmark,
                benchmark => Value(table, cell, benchmark, answers, shared)),
        };

    private static JsonObject Value(
        ReportTable table, TableCell cell, string benchmark, IReadOnlyDictionary<(string, string), (string? Part, string Missing)> answers,
        SharedStudents shared)
    {
        JsonObject locked = table.Value(cell.Address, benchmark)!;
        (string? part, string missing) = answers.GetValueOrDefault((cell.Address, benchmark), (null, "There are no answers."));
        return new JsonObject
        {
            ["mean"] = locked["mean"]?.DeepClone(),
            ["se"] = locked["se"]?.DeepClone(),
            ["tokens"] = locked["tokens"]?.DeepClone(),
            ["right"] = locked["right"]?.DeepClone(),
            ["drawn"] = locked["drawn"]?.DeepClone(),
            ["unparsed"] = table.Column(cell.Address, benchmark, "unparsed"),
            ["truncated"] = table.Column(cell.Address, benchmark, "truncated"),
            ["diff"] = locked["diff"]?.DeepClone(),
            ["p"] = table.Column(cell.Address, benchmark, "p"),
            ["pHolm"] = locked["pHolm"]?.DeepClone(),
            ["grades"] = Shortened(locked["grades"]),
            ["outcomes"] = new JsonArray([.. cell.Seeds.Select(seed => shared.Of(Outcomes(table, cell, benchmark, seed)))]),
            ["answers"] = part,
            ["missing"] = part is null ? missing : null,
        };
    }

    // The page shows the first digits of a digest; the lock has them all.
    private static JsonNode? Shortened(JsonNode? digests) => digests switch
    {
        JsonObject map => ScriptPart.Map(map, entry => entry.Key, entry => Shortened(entry.Value)),
        JsonArray list => new JsonArray([.. list.Select(Shortened)]),
        JsonValue value when value.TryGetValue(out string? text) && text.Length > ShownDigits => text[..ShownDigits],
        _ => digests?.DeepClone(),
    };

    // [first, second, replicates of each, difference, low, high, p, Holm's p, detectable, test]: places in the cells, points in percent.
    private static JsonObject Pairs(ReportTable table, string benchmark)
    {
        CellPair[] pairs = [.. table.Pairs.Where(pair => pair.Benchmark == benchmark)];
        string[] tests = [.. pairs.Select(pair => pair.Test).Distinct(StringComparer.Ordinal)];
        Dictionary<string, int> places = table.Cells.Select((cell, i) => (cell.Address, i))
            .ToDictionary(item => item.Address, item => item.i, StringComparer.Ordinal);
        return new JsonObject
        {
            ["tests"] = ScriptPart.Texts(tests),
            ["tested"] = pairs.Count(pair => pair.P is not null),
            ["rows"] = new JsonArray([.. pairs.Select(pair => (JsonNode)new JsonArray(
                places[pair.First],
                places[pair.Second],
                new JsonArray(pair.Replicates.First, pair.Replicates.Second),
                Points(pair.Difference),
                Points(pair.Interval.Low),
                Points(pair.Interval.High),
                Numbers.P(pair.P),
                Numbers.P(pair.HolmP),
                double.IsFinite(pair.Detectable) ? Percent(pair.Detectable) : "",
                Array.IndexOf(tests, pair.Test)))]),
        };
    }
}
