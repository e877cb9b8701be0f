using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>world</c>.</summary>
internal static class WorldBinder
{
    public static WorldSettings? Bind(MapReader profile, bool hasCorpus)
    {
        if (profile.Map("world", Shapes.World) is not { } reader)
        {
            return null;
        }

        string? seed = reader.Text("seed");
        int? pool = reader.Integer("pool", 1, 10_000_000);
        int? levels = reader.Integer("levels", 1, WorldSettings.Levels, required: false);
        int? corpus = hasCorpus ? reader.Map("corpus", Shapes.Corpus)?.Integer("count", 1, 10_000_000) : null;
        List<BenchmarkSettings> benchmarks = [];
        foreach ((YamlScalar key, YamlNode value) in reader.Entries("benchmarks"))
        {
            if (!BenchmarkSettings.Known.TryGetValue(key.Value, out (int Options, int FirstLevel) known))
            {
                reader.Errors.Add(key.At, $"The world has no benchmark '{key.Value}'.", NearestName.Hint(key.Value, [.. BenchmarkSettings.Known.Keys]));
            }
            else if (NodeReader.Map(value, key.Value, reader.Errors) is { } map)
            {
                MapReader benchmark = new(map, $"the benchmark '{key.Value}'", Shapes.Benchmark, reader.Errors);
                int? count = benchmark.Integer("count", 1, 1_000_000);
                int? given = benchmark.Integer("options", 0, 26, required: false);
                if (given is not null && given != known.Options)
                {
                    reader.Errors.Add(benchmark.AtOf("options"), $"Questions of '{key.Value}' have {known.Options} options, not {given}.", "Leave the key out.");
                }

                int? hardest = benchmark.Integer("levels", known.FirstLevel, WorldSettings.Levels, required: false);
                benchmarks.Add(new BenchmarkSettings(key.Value, count ?? 1, known.Options, hardest));
            }
        }

        return seed is null || pool is null || (hasCorpus && corpus is null) ? null : new WorldSettings(seed, pool.Value, corpus, levels, benchmarks);
    }
}
