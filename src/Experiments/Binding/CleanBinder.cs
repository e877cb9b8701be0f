using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Sources.Cleaning;
using NaturalThoughts.Sources.Cleaning.Languages;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>data: clean</c>: which questions are dropped from the pool.</summary>
internal static class CleanBinder
{
    private const string Key = "clean";
    private const string Benchmarks = "decontaminate";

    /// <summary>
    /// The settings; null where the profile has none, or after an error. Without <c>decontaminate</c> the pool may ask nothing that a benchmark of the profile
    /// asks.
    /// </summary>
    public static CleanSettings? Bind(MapReader profile, IReadOnlyList<BenchmarkSettings> benchmarks)
    {
        if ((profile.Find("data") as YamlMap)?.Find(Key) is not { } node || NodeReader.Map(node, Key, profile.Errors) is not { } map)
        {
            return null;
        }

        int before = profile.Errors.Count;
        MapReader reader = new(map, $"'{Key}'", SourceShapes.Clean, profile.Errors);
        JsonObject parameters = reader.Parameters();
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
