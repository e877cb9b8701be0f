using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation.CommonQuestions;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Reporting;
using NaturalThoughts.Reporting.DifficultyProxies;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Turns a table's map into <see cref="TableSettings"/> under a profile.</summary>
internal static class TableBinder
{
    private const string OfBaselines = "baselineReplicates";

    /// <summary>The table; null after an error, or where it does not exist under the profile.</summary>
    public static TableSettings? Bind(YamlMap map, string fileName, Profile? profile, string profileName, ExperimentFiles files, ErrorList errors)
    {
        int before = errors.Count;
        MapReader reader = new(map, "the table", TableShapes.Table, errors);
        string? name = Name(reader, fileName);
        string? title = reader.Text("title");
        string? description = reader.Text("description");
        string kind = reader.Text("kind")!;
        KindBinder.CheckKeys(reader, kind);
        string? baseline = reader.Text("baseline", required: kind == TableKind.Table);
        bool common = reader.Text("questions") is not null || kind == TableKind.Proxies;
        string? lockClass = reader.Text("class");
        MapReader? family = reader.Map("family");
        string? familyName = family?.Text("name");
        bool overSizes = family?.Text("over") == TableShapes.OverSizes;
        IReadOnlyList<YamlScalar> columns = reader.Texts("columns");
        IReadOnlyList<YamlScalar> notes = reader.Texts("notes");
        Known(columns.Where(column => !TableColumns.IsKnown(column.Value)), TableColumns.All, "column", errors);
        IReadOnlyList<YamlScalar> profiles = reader.Texts("profiles");
        Known(profiles, files.Profiles, "profile", errors);
        TableReference? paper = PaperBinder.Bind(reader);
        if (profile is null || (profiles.Count > 0 && profiles.All(item => item.Value != profileName)))
        {
            RowBinder.CheckKeys(reader);
            return null;
        }

        IReadOnlyList<BenchmarkSettings> benchmarks = Benchmarks(reader, profile);
        KeepQuestionsOptions? only = Only(reader, common);
        IReadOnlyList<int> replicates = Replicates(reader, profile);
        IReadOnlyList<CellSettings> cells = RowBinder.Bind(reader, profile, benchmarks, files, out bool complete);
        cells = WithReplicates(
            cells, baseline,
            BaselineReplicates(reader) ?? (reader.Find("replicates") is null or YamlScalar { Value: "all" } ? profile.BaselineReplicates : null));
        if (columns.Any(column => column.Value == TableColumns.Protocols) && benchmarks.All(benchmark => benchmark.Protocols.Count < 2))
        {
            errors.Add(
                reader.AtOf("columns"), $"The column '{TableColumns.Protocols}' has nothing to show: each benchmark is graded by one protocol.",
                "Name two or more in 'protocol' of a benchmark of the profile.");
        }

        if (common && columns.FirstOrDefault(column => TableColumns.IsMeasure(column.Value)) is { } measure)
        {
            errors.Add(
                measure.At, $"The column '{measure.Value}' needs all answers of a row; common questions leave some out.", "Remove it, or 'questions: common'.");
        }

        if (complete && baseline is not null && cells.All(cell => cell.Row != baseline))
        {
            string[] rows = [.. cells.Select(cell => cell.Row).OfType<string>().Distinct()];
            errors.Add(reader.AtOf("baseline"), $"The baseline '{baseline}' is not a row of the table.", NearestName.Hint(baseline, rows));
        }

        ModeBinder.CheckColumns(reader, columns, kind, common, profile);
        double? dropout = ModeBinder.Dropout(reader, profile.Prompts);
        ProxySettings? proxies = kind == TableKind.Proxies ? KindBinder.Proxies(reader, cells) : null;
        IReadOnlyList<string> protocols = kind == TableKind.Protocols ? KindBinder.Protocols(reader) : [];
        if (complete && paper is not null)
        {
            PaperBinder.Check(reader, paper, cells, benchmarks);
        }

        if (errors.Count == before)
        {
            BudgetBounds.Check(reader, profile, cells, benchmarks, replicates.Count);
        }

        return errors.Count > before
            ? null
            : new TableSettings
            {
                Name = name!,
                Title = title!,
                Description = description!,
                Baseline = baseline ?? "",
                Kind = kind,
                CommonQuestions = common,
                Proxies = proxies,
                Protocols = protocols,
                Class = lockClass!,
                Family = familyName,
                FamilyOverSizes = overSizes,
                Benchmarks = benchmarks,
                Only = only,
                Replicates = replicates,
                Columns = columns.Count > 0 ? [.. columns.Select(column => column.Value)] : TableColumns.Usual,
                InstructionDropout = dropout,
                Cells = cells,
                Notes = [.. notes.Select(note => note.Value)],
                Paper = paper,
            };
    }

    /// <summary>The value of a key that is <c>all</c> (or missing) or a list of texts; null stands for all.</summary>
    internal static IReadOnlyList<YamlScalar>? AllOr(MapReader reader, string key) =>
        reader.Find(key) is null or YamlScalar { Value: "all" } ? null : reader.Texts(key);

    internal static void Known(IEnumerable<YamlScalar> items, IReadOnlyCollection<string> known, string what, ErrorList errors)
    {
        foreach (YamlScalar item in items.Where(item => !known.Contains(item.Value)))
        {
            errors.Add(item.At, $"There is no {what} '{item.Value}'.", NearestName.Hint(item.Value, known));
        }
    }

    private static string? Name(MapReader reader, string fileName)
    {
        string? name = reader.Text("name");
        if (name is not null && NameRules.Check((YamlScalar)reader.Find("name")!, "table", reader.Errors) && name != fileName)
        {
            reader.Errors.Add(reader.AtOf("name"), $"The table is called '{name}', but its file is '{fileName}.yaml'.", "Give both the same name.");
        }

        return name;
    }

    private static IReadOnlyList<BenchmarkSettings> Benchmarks(MapReader reader, Profile profile)
    {
        if (AllOr(reader, "benchmarks") is not { } chosen)
        {
            return profile.Benchmarks;
        }

        Known(chosen, [.. profile.Benchmarks.Select(benchmark => benchmark.Name)], "benchmark", reader.Errors);
        return [.. profile.Benchmarks.Where(benchmark => chosen.Any(item => item.Value == benchmark.Name))];
    }

    /// <summary>The seeds of students that others are compared with; null where the key is missing or has nothing behind its colon.</summary>
    internal static IReadOnlyList<int>? BaselineReplicates(MapReader reader) => reader.Find(OfBaselines) is null or YamlScalar { IsNull: true }
        ? null
        : reader.Integers(OfBaselines);

    // The table's test takes any number of replicates on either side, and a student that serves many comparisons is worth more of them.
    private static IReadOnlyList<CellSettings> WithReplicates(IReadOnlyList<CellSettings> cells, string? baseline, IReadOnlyList<int>? seeds)
    {
        TableCell[] all =
        [
            .. cells.Select(cell =>
                new TableCell { Address = cell.Address, Method = cell.Row, Size = cell.Size, Mix = cell.MixAndMode, Baseline = cell.Baseline, Seeds = [] }),
        ];
        HashSet<string> compared = [.. all.Select(cell => cell.BaselineAmong(baseline ?? "", all)).OfType<string>()];
        return seeds is null
            ? cells
            : [.. cells.Select(cell =>
                cell is { Replicates: null, Recorded: null, Endpoint: null } && compared.Contains(cell.Address) ? cell with { Replicates = seeds } : cell)];
    }

    // {domain: [Science, Law]}: one meta of the questions and its values.
    private static KeepQuestionsOptions? Only(MapReader reader, bool common)
    {
        if (reader.Find("only") is null)
        {
            return null;
        }

        IReadOnlyList<(YamlScalar Key, YamlNode Value)> entries = reader.Entries("only");
        if (entries.Count > 1)
        {
            reader.Errors.Add(entries[1].Key.At, "'only' names more than one meta of the questions.", "Keep one of them.");
        }

        if (common)
        {
            reader.Errors.Add(reader.AtOf("only"), "A table of common questions has no 'only'.", "Remove one of the two.");
        }

        return entries is [var (meta, values)] && NodeReader.Distinct(values, meta.Value, reader.Errors) is { } chosen
            ? new KeepQuestionsOptions(meta.Value, [.. chosen.Select(value => value.Value)])
            : null;
    }

    private static IReadOnlyList<int> Replicates(MapReader reader, Profile profile) =>
        reader.Find("replicates") is null or YamlScalar { Value: "all" } ? profile.Replicates : reader.Integers("replicates");
}
