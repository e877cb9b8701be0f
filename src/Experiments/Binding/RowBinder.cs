using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Selection;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>rows</c> of a table: each declares the cells of all its methods, sizes and mixes.</summary>
internal static class RowBinder
{
    private const string Largest = "largest";
    private const string Smallest = "smallest";

    /// <summary>The cells in the order of the rows; <paramref name="complete"/> is false after an error among them.</summary>
    public static IReadOnlyList<CellSettings> Bind(
        MapReader table, Profile profile, IReadOnlyList<BenchmarkSettings> benchmarks, ExperimentFiles files, out bool complete)
    {
        int before = table.Errors.Count;
        List<(CellSettings Cell, MapReader Row)> cells = [];
        foreach (MapReader row in Rows(table))
        {
            int beforeRow = table.Errors.Count;
            CellSettings[] own = [.. Cells(table, row, profile, benchmarks, files)];
            if (table.Errors.Count > beforeRow)
            {
                continue;
            }

            if (own.FirstOrDefault(cell =>
                cells.Any(other => string.Equals(other.Cell.Address, cell.Address, StringComparison.OrdinalIgnoreCase))) is { } twice)
            {
                table.Errors.Add(row.At, $"The cell '{twice.Address}' is declared twice.", "Remove one of the rows, or give this one a 'label'.");
                continue;
            }

            cells.AddRange(own.Select(cell => (cell, row)));
        }

        string[] addresses = [.. cells.Select(cell => cell.Cell.Address)];
        foreach ((CellSettings cell, MapReader row) in cells.Where(cell => cell.Cell.Baseline is { } other && !addresses.Contains(other)))
        {
            table.Errors.Add(row.AtOf("baseline"), $"The baseline '{cell.Baseline}' is not a cell of the table.", NearestName.Hint(cell.Baseline!, addresses));
        }

        complete = table.Errors.Count == before;
        return [.. cells.Select(cell => cell.Cell)];
    }

    /// <summary>Checks only that the rows are maps with known keys, for a table that is not used.</summary>
    public static void CheckKeys(MapReader table) => _ = Rows(table).Count;

    /// <summary>A cell's address in which <c>largest</c> and <c>smallest</c> stand for sizes of the profile.</summary>
    public static string SizesIn(string address, Profile profile) => address
        .Replace($"/{Largest}/", Invariant($"/{profile.Sizes[^1]}/"), StringComparison.Ordinal)
        .Replace($"/{Smallest}/", Invariant($"/{profile.Sizes[0]}/"), StringComparison.Ordinal);

    private static List<MapReader> Rows(MapReader table)
    {
        List<MapReader> rows = [];
        if (table.Require("rows") is not { } node)
        {
            return rows;
        }

        if (node is not YamlList { Items.Count: > 0 } list)
        {
            table.Errors.Add(
                node.At, node is YamlList ? "The list 'rows' is empty." : $"'rows' must be a list, not {node.InWords}.", "Write '- methods: all' below it.");
            return rows;
        }

        foreach (YamlNode item in list.Items)
        {
            if (NodeReader.Map(item, "rows", table.Errors) is { } map)
            {
                rows.Add(
                    new MapReader(map.Find(SourceKeys.Endpoint) is null ? map : SecretKeys.Remove(map, table.Errors), "a row", TableShapes.Row, table.Errors));
            }
        }

        return rows;
    }

    private static IEnumerable<CellSettings> Cells(
        MapReader table, MapReader row, Profile profile, IReadOnlyList<BenchmarkSettings> benchmarks, ExperimentFiles files)
    {
        if (row.Find(SourceKeys.Recorded) is not null)
        {
            return RecordedRowBinder.Bind(row, Label(row, profile, []), benchmarks, files);
        }

        if (row.Find(SourceKeys.Endpoint) is not null)
        {
            return EndpointRowBinder.Bind(row, Label(row, profile, []), profile, files);
        }

        foreach (string key in EndpointShapes.Chat.Names.Where(key => row.Find(key) is not null))
        {
            row.Errors.Add(row.AtOf(key), $"'{key}' is for a row of a model behind an endpoint.", "Add 'endpoint: <address>', or remove the key.");
        }

        if (row.Find("replicates") is not null)
        {
            row.Errors.Add(
                row.AtOf("replicates"), "'replicates' of a row are the repeats of recorded answers, or samples of a model behind an endpoint.",
                "Remove the key; the table's 'replicates' apply to students.");
        }

        if (row.Find("repeats") is not null)
        {
            row.Errors.Add(
                row.AtOf("repeats"), "'repeats' of a row are those of recorded answers.", "Remove the key; the benchmark's 'seeds' apply to students.");
        }

        string? mode = row.OneOf("mode", [.. profile.Prompts.Keys]);
        if (row.Find("base") is not null)
        {
            foreach (string key in TableShapes.Row.Names.Where(key => key is not ("base" or "mode") && row.Find(key) is not null))
            {
                row.Errors.Add(row.AtOf(key), $"A base row has no '{key}': nothing is selected for it.", "Remove the key.");
            }

            if (row.Flag("base") == false)
            {
                row.Errors.Add(row.AtOf("base"), "'base' can only be true.", "Leave it out in rows with methods.");
            }

            return [new CellSettings { Address = mode is null or ModeSettings.Think ? "base" : "base-" + mode, Mode = mode ?? ModeSettings.Think }];
        }

        IReadOnlyList<MethodSettings> methods = Methods(row, profile);
        IReadOnlyList<int> sizes = Sizes(row, profile);
        IReadOnlyList<string> mixes = Mixes(row);
        string? common = table.Find("baseline") is YamlScalar { IsNull: false } named ? named.Value : null;
        RowVariant variant = VariantBinder.Bind(row, profile, common);
        foreach (MethodSettings near in methods.Append(variant.MatchWith).OfType<MethodSettings>()
            .Where(method => method.Options.Method == SelectionMethod.RdsPlus && profile.SelectionTargets.Count == 0))
        {
            row.Errors.Add(
                row.AtOf("methods"), $"'{near.Name}' selects what is near to target questions, and the profile has none.",
                "Add 'targets' to the profile, or leave the method out.");
        }

        string? expect = row.Text("expect");
        int offset = row.Integer("seedOffset")!.Value;
        string? label = Label(row, profile, methods);
        bool calibration = row.Flag("calibration")!.Value;
        string? baseline = row.Text("baseline") is { } other ? SizesIn(other, profile) : null;
        return
            from method in methods
            from size in sizes
            from mix in mixes
            let likeMethod = variant.MatchWith is { } like && like.Name != common ? "-like" + like.Name : ""
            let name = label ?? method.Name + variant.RowSuffix + likeMethod
            let mixAndMode = mix + variant.MixSuffix + Asked(mix, mode)
            let matched = variant.MatchedMix(mix)
            let address = Invariant($"{name}/{size}/{mixAndMode}")
            select new CellSettings
            {
                Address = address,
                Row = name,
                Method = method,
                Size = size,
                Mix = mix,
                MixAndMode = mixAndMode,
                Mode = mode ?? OwnMode(mix),
                Variant = variant,
                Expect = expect,
                SeedOffset = offset,
                // a row of several mixes may hold the one that they are compared with
                Baseline = baseline == address
                    ? null
                    : baseline ?? (variant.Match is null || common is null ? null : Invariant($"{common}/{size}/{matched}{Asked(matched, mode)}")),
                Calibration = calibration,
            };
    }

    private static string OwnMode(string mix) => mix == Mix.System1.Name ? ModeSettings.Direct : ModeSettings.Think;

    private static string Asked(string mix, string? mode) => mode is null || mode == OwnMode(mix) ? "" : "-" + mode;

    private static List<MethodSettings> Methods(MapReader row, Profile profile)
    {
        string[] known = [.. profile.Methods.Select(method => method.Name)];
        row.Require("methods");
        IReadOnlyList<YamlScalar>? chosen = TableBinder.AllOr(row, "methods");
        IReadOnlyList<YamlScalar> except = row.Texts("except");
        TableBinder.Known(chosen ?? [], known, "method", row.Errors);
        TableBinder.Known(except, known, "method", row.Errors);
        List<MethodSettings> methods =
        [
            .. (chosen?.Select(item => profile.Methods.FirstOrDefault(method => method.Name == item.Value)).OfType<MethodSettings>() ?? profile.Methods)
                .Where(method => except.All(item => item.Value != method.Name)),
        ];
        if (methods.Count == 0 && except.Count > 0)
        {
            row.Errors.Add(row.AtOf("except"), "'except' leaves no method.", "Leave at least one of 'methods'.");
        }

        return methods;
    }

    private static IReadOnlyList<int> Sizes(MapReader row, Profile profile)
    {
        List<int> sizes = [];
        foreach (YamlScalar item in TableBinder.AllOr(row, "sizes") ?? [])
        {
            int? size = item.Value switch
            {
                Largest => profile.Sizes[^1],
                Smallest => profile.Sizes[0],
                _ => (int?)NodeReader.Integer(item, "sizes", ProfileShapes.Profile["sizes"].Bounds, row.Errors),
            };
            if (size is not { } known)
            {
                continue;
            }

            if (!profile.Sizes.Contains(known))
            {
                row.Errors.Add(
                    item.At, $"The profile '{profile.Name}' has no size {known}.",
                    $"Its sizes are {string.Join(", ", profile.Sizes)}; 'all', 'smallest' and 'largest' fit every profile.");
            }

            sizes.Add(known);
        }

        return row.Find("sizes") is null or YamlScalar { Value: "all" } ? profile.Sizes : [.. sizes.Distinct()];
    }

    private static List<string> Mixes(MapReader row)
    {
        List<string> mixes = [];
        if (row.Find("mix") is null)
        {
            return [Mix.System2.Name];
        }

        foreach (YamlScalar item in row.Texts("mix"))
        {
            try
            {
                mixes.Add(Mix.Parse(item.Value).Name);
            }
            catch (UserErrorException e)
            {
                row.Errors.Add(item.At, e.Errors[0].Message, e.Errors[0].Hint!);
            }
        }

        return mixes;
    }

    private static string? Label(MapReader row, Profile profile, IReadOnlyList<MethodSettings> methods)
    {
        if (row.Text("label") is not { } label || !NameRules.Check((YamlScalar)row.Find("label")!, "row", row.Errors))
        {
            return null;
        }

        if (methods.Count > 1)
        {
            row.Errors.Add(row.AtOf("label"), $"The label '{label}' stands for {methods.Count} methods.", "Give each method a row of its own.");
        }

        if (profile.Methods.Any(method => string.Equals(method.Name, label, StringComparison.OrdinalIgnoreCase)))
        {
            row.Errors.Add(row.AtOf("label"), $"The label '{label}' is the name of a method.", "Choose another label.");
        }

        return label;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
