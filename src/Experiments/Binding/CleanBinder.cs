using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Sources.Cleaning;
using NaturalThoughts.Sources.Cleaning.Languages;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>data: clean</c>: which questions are dropped from the pool.</summary>
internal static class CleanBinder
{
    private const string Key = "clean";
    private const string Benchmarks = "decontaminate";

    /// <summary>The settings; null where the profile has none, or after an error. Without <c>decontaminate</c> the pool may ask nothing that a benchmark of the profile asks.</summary>
    public static CleanSettings? Bind(MapReader profile, IReadOnlyList<BenchmarkSettings> benchmarks)
    {
        if ((profile.Find("data") as YamlMap)?.Find(Key) is not { } node || NodeReader.Map(node, Key, profile.Errors) is not { } map)
        {
            return null;
        }

        int before = profile.Errors.Count;
        MapReader reader = new(map, $"'{Key}'", Shapes.Clean, profile.Errors);
        JsonObject parameters = [];
        FieldMap.Add(parameters, "duplicates", reader.OneOf("duplicates", CleanOptions.KnownDuplicates, required: false));
        FieldMap.Add(parameters, "similarity", reader.Number("similarity", 0, 1, open: true, required: false));
        FieldMap.Add(parameters, "shingleWords", reader.Integer("shingleWords", 1, 100, required: false));
        FieldMap.Add(parameters, "coverage", reader.Number("coverage", 0, 1, open: true, required: false));
        FieldMap.Add(parameters, "maskNumbers", reader.Flag("maskNumbers"));
        FieldMap.Add(parameters, "minWords", reader.Integer("minWords", 1, required: false));
        FieldMap.Add(parameters, "maxWords", reader.Integer("maxWords", 1, required: false));
        FieldMap.Add(parameters, "minLatinShare", reader.Number("minLatinShare", 0, 1, required: false));
        Languages(reader, parameters);
        IReadOnlyList<BenchmarkSettings> chosen = Chosen(reader, benchmarks);
        return profile.Errors.Count > before ? null : new CleanSettings(parameters, chosen);
    }

    // In ordinal order: [en, de] and [de, en] mean the same and have the same key.
    private static void Languages(MapReader reader, JsonObject parameters)
    {
        IReadOnlyList<YamlScalar> codes = reader.Texts("languages");
        foreach (YamlScalar code in codes.Where(code => !LanguageCodes.Known.Contains(code.Value)))
        {
            reader.Errors.Add(code.At, $"There is no language '{Quoted.Of(code.Value)}' in cleaning.", CleanOptions.LanguageHint(code.Value));
        }

        if (codes.Count > 0)
        {
            parameters["languages"] = new JsonArray([.. codes.Select(code => (JsonNode)code.Value).OrderBy(code => (string)code!, StringComparer.Ordinal)]);
        }
    }

    private static IReadOnlyList<BenchmarkSettings> Chosen(MapReader reader, IReadOnlyList<BenchmarkSettings> benchmarks)
    {
        switch (reader.Find(Benchmarks))
        {
            case null or YamlScalar { Value: "all" }:
                return benchmarks;
            case YamlScalar { Value: "none" }:
                return [];
            default:
                IReadOnlyList<YamlScalar> names = reader.Texts(Benchmarks);
                TableBinder.Known(names, [.. benchmarks.Select(benchmark => benchmark.Name)], "benchmark", reader.Errors);
                return [.. benchmarks.Where(benchmark => names.Any(name => name.Value == benchmark.Name))];
        }
    }
}
