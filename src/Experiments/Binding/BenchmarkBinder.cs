using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>benchmarks</c>: a name to where its questions come from.</summary>
internal static class BenchmarkBinder
{
    public static IReadOnlyList<BenchmarkSettings> Bind(MapReader profile, WorldDefaults world)
    {
        List<BenchmarkSettings> benchmarks = [];
        foreach ((YamlScalar key, YamlNode value) in profile.Entries("benchmarks"))
        {
            if (NodeReader.Map(value, key.Value, profile.Errors) is { } map
                && new MapReader(map, $"the benchmark '{key.Value}'", Shapes.Benchmark, profile.Errors).Map(WorldSource.Name, Shapes.WorldBenchmark) is { } reader
                && World(key, reader, world) is { } benchmark)
            {
                benchmarks.Add(benchmark);
            }
        }

        return benchmarks;
    }

    private static BenchmarkSettings? World(YamlScalar key, MapReader reader, WorldDefaults world)
    {
        string name = key.Value;
        if (!WorldSource.Benchmarks.TryGetValue(name, out (int Options, int FirstLevel) known))
        {
            reader.Errors.Add(key.At, $"The world has no benchmark '{name}'.", NearestName.Hint(name, [.. WorldSource.Benchmarks.Keys]));
            return null;
        }

        string seed = reader.Text("seed", required: false) ?? world.Seed;
        int? count = reader.Integer("count", 1, 1_000_000);
        int? options = reader.Integer("options", 0, 26, required: false);
        if (options is not null && options != known.Options)
        {
            reader.Errors.Add(reader.AtOf("options"), $"Questions of '{name}' have {known.Options} options, not {options}.", "Leave the key out.");
        }

        int? levels = reader.Integer("levels", known.FirstLevel, WorldSource.Levels, required: false);
        return count is null
            ? null
            : new BenchmarkSettings(name, count.Value, known.Options, WorldSource.Benchmark(name, seed, count.Value, levels));
    }
}
