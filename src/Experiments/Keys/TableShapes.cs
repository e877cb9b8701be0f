using NaturalThoughts.Reporting;
using NaturalThoughts.Reporting.DifficultyProxies;
using NaturalThoughts.Reporting.Findings;
using NaturalThoughts.Selection;

namespace NaturalThoughts.Experiments.Keys;

/// <summary>The keys of tables and findings.</summary>
internal static class TableShapes
{
    /// <summary>The largest seed of a replicate.</summary>
    public const int LargestSeed = 1_000_000;

    /// <summary>What a family can be corrected over.</summary>
    public const string OverCells = "cells";

    /// <summary>The other one: a mean over all sizes.</summary>
    public const string OverSizes = "sizes";

    private const double LargestWeight = 1e6;
    private static readonly string[] Classes = ["exact", "pinned", "statistical"];

    public static readonly Shape Family = [Key.Text("name"), Key.Choice("over", [OverCells, OverSizes]).Or(OverCells)];
    public static readonly Shape Proxies = [Key.Text("by").ByStage("category"), Key.Texts("targets"), Key.Names("signals")];
    public static readonly Shape Signal = [.. ProxyKind.Known.Select(kind => Key.Texts(kind).Optional())];
    public static readonly Shape PaperRow = [Key.Text("row"), Key.Other("values"), Key.Text("cell").Optional()];
    public static readonly Shape Paper = [Key.Text("title"), Key.Texts("columns"), Key.Other("of").Optional(), Key.Other("rows")];

    public static readonly Shape Table =
    [
        Key.Text("name"),
        Key.Choice("kind", TableKind.Known).Or(TableKind.Table),
        Key.Text("title"),
        Key.Text("description"),
        Key.Texts("profiles").Optional(),
        Key.Text("baseline").Optional(),
        Key.Choice("class", Classes),
        Key.Texts("benchmarks").Optional(),
        Key.Names("only").Optional(),
        Key.Choice("questions", ["common"]).Optional(),
        Key.Integers("replicates", 1, LargestSeed).Optional(),
        Key.Integers("baselineReplicates", 1, LargestSeed).Optional(),
        Key.Map("family", Family).Optional(),
        Key.Texts("columns").Optional(),
        Key.Texts("notes").Optional(),
        Key.Other("rows"),
        Key.Map("proxies", Proxies).Optional(),
        Key.Texts("protocols").Optional(),
        Key.Map("paper", Paper).Optional(),
        Key.Number("instructionDropout", 0, 1).Optional(),
    ];

    public static readonly Shape Row =
    [
        .. EndpointShapes.Chat.Select(key => key.Optional()),
        Key.Flag("base"),
        Key.Other(SourceKeys.Recorded).Optional(),
        Key.Integers("replicates", 1, LargestSeed).Optional(),
        Key.Integer("repeats", 1, 1000).Or(1),
        Key.Texts("methods").Optional(),
        Key.Texts("except").Optional(),
        Key.Text("label").Optional(),
        Key.Texts("sizes").Optional(),
        Key.Texts("mix").Optional(),
        Key.Text("mode").Optional(),
        Key.Choice("permuteAnnotations", SignalPermutation.Known).Optional(),
        Key.Integer("seedOffset", 0, LargestSeed).Or(0),
        Key.Text("baseline").Optional(),
        Key.Flag("calibration").Or(false),
        Key.NumberAbove("corrupt", 0, 1).Optional(),
        Key.Flag("correctOnly").Or(false),
        Key.NumberAbove("share", 0, 1).ByStage(1),
        Key.Text("exceptDomain").Optional(),
        Key.Integers("levels", 1, 99).Optional(),
        Key.NumberAbove("annotationNoise", 0, 1).Optional(),
        Key.Choice("match", MatchOptions.Known).Optional(),
        Key.Text("matchWith").Optional(),
        Key.Text("matchMix").Optional(),
        StudentShapes.Epochs("epochs").Optional(),
        Key.Choice("expect", [TableCell.Better, TableCell.Worse]).Optional(),
    ];

    public static readonly Shape FindingLevels = [Key.Texts("plus"), Key.Texts("minus")];

    public static readonly Shape FindingChoice = [Key.Texts("of"), Key.Integers("seeds", 1, LargestSeed)];

    public static readonly Shape Finding =
    [
        Key.Text("id"),
        Key.Text("statement"),
        Key.Text("paper").Optional(),
        Key.Text("seen"),
        Key.Text("family").Optional(),
        Key.Names("contrast", Key.Number("a cell", -LargestWeight, LargestWeight)),
        Key.Map("best", FindingChoice).Optional(),
        Key.Choice("as", FindingForm.Known).Or(FindingForm.Difference),
        Key.Choice("measure", FindingMeasure.Known).Or(FindingMeasure.Accuracy),
        Key.Text("endpoint"),
        Key.Map("levels", FindingLevels).Optional(),
        Key.Choice("direction", FindingDirection.Known),
        Key.Number("reference", -LargestWeight, LargestWeight).Optional(),
        Key.NumberAbove("smallest", 0, LargestWeight),
        Key.Integers("seeds", 1, LargestSeed).Optional(),
    ];

    public static readonly Shape Findings =
    [
        Key.Text("title"),
        Key.Text("description"),
        Key.Texts("profiles").Optional(),
        Key.Choice("class", Classes),
        Key.NumberAbove("level", 0, 0.5).Or(0.05),
        Key.Choice("correction", ["holm"]).Optional(),
        Key.Names("endpoints", Key.Names("an endpoint", Key.Number("a benchmark", -100, 100))).Optional(),
        Key.Texts("notes").Optional(),
        Key.Other("controls").Optional(),
        Key.Other("findings"),
    ];
}
