using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds a row of recorded answers: <c>{recorded: {MMLU-Pro: answers.jsonl}, label: Theirs}</c>.</summary>
internal static class RecordedRowBinder
{
    /// <summary>The row's one cell; none after an error. Of a table with one benchmark its name may be left out.</summary>
    public static IEnumerable<CellSettings> Bind(MapReader row, string? label, IReadOnlyList<BenchmarkSettings> benchmarks, ExperimentFiles files)
    {
        foreach (string key in TableShapes.Row.Names.Where(key =>
            key is not (SourceKeys.Recorded or "label" or "baseline" or "replicates" or "repeats") && row.Find(key) is not null))
        {
            row.Errors.Add(row.AtOf(key), $"A row of recorded answers has no '{key}': nothing is trained or asked for it.", "Remove the key.");
        }

        row.Require("label");
        IReadOnlyList<int> replicates = row.Find("replicates") is null ? [1] : row.Integers("replicates");
        Dictionary<string, RecordSource> sources = new(StringComparer.Ordinal);
        foreach ((string benchmark, YamlNode source) in Sources(row, benchmarks))
        {
            if (RecordedBinder.Answers(source, null, files, row.Errors) is { } answers)
            {
                sources.Add(benchmark, answers);
            }
        }

        return label is null || sources.Count < benchmarks.Count
            ? []
            : [new CellSettings
            {
                Address = label,
                Row = label,
                Mode = "",
                Recorded = sources,
                RecordedRepeats = Repeats(row, benchmarks),
                Replicates = replicates,
                Baseline = row.Text("baseline"),
            }];
    }

    // A number for all benchmarks, or a map of them.
    private static Dictionary<string, int> Repeats(MapReader row, IReadOnlyList<BenchmarkSettings> benchmarks)
    {
        if (row.Find("repeats") is not YamlMap)
        {
            int repeats = row.Integer("repeats")!.Value;
            return benchmarks.ToDictionary(benchmark => benchmark.Name, _ => repeats, StringComparer.Ordinal);
        }

        Dictionary<string, int> map = new(StringComparer.Ordinal);
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> entries = row.Entries("repeats");
        TableBinder.Known(entries.Select(entry => entry.Key), [.. benchmarks.Select(benchmark => benchmark.Name)], "benchmark of the table", row.Errors);
        foreach ((YamlScalar key, YamlNode value) in entries)
        {
            if (NodeReader.Integer(value, key.Value, row.Shape["repeats"].Bounds, row.Errors) is { } repeats)
            {
                map[key.Value] = (int)repeats;
            }
        }

        return map;
    }

    private static IEnumerable<(string Benchmark, YamlNode Source)> Sources(MapReader row, IReadOnlyList<BenchmarkSettings> benchmarks)
    {
        YamlNode node = row.Find(SourceKeys.Recorded)!;
        if (benchmarks.Count == 1 && (node is not YamlMap one || one.Find(SourceKeys.File) is not null))
        {
            return [(benchmarks[0].Name, node)];
        }

        if (NodeReader.Map(node, SourceKeys.Recorded, row.Errors) is not { } map)
        {
            return [];
        }

        string[] names = [.. benchmarks.Select(benchmark => benchmark.Name)];
        TableBinder.Known(map.Entries.Select(entry => entry.Key), names, "benchmark of the table", row.Errors);
        foreach (string missing in names.Where(name => map.Find(name) is null))
        {
            row.Errors.Add(map.At, $"The row has no answers to '{missing}'.", $"Add '{missing}: <file>', or leave the benchmark out of the table.");
        }

        return map.Entries.Where(entry => names.Contains(entry.Key.Value)).Select(entry => (entry.Key.Value, entry.Value));
    }
}
