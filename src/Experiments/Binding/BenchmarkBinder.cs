using System.Text.RegularExpressions;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>benchmarks</c>: a name to where its questions come from, and how answers to them are graded.</summary>
internal static partial class BenchmarkBinder
{
    /// <summary>The benchmarks in the order of the file; those with nothing behind the colon are left out.</summary>
    public static IReadOnlyList<BenchmarkSettings> Bind(MapReader profile, ExperimentFiles files, WorldDefaults world)
    {
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> entries = profile.Entries("benchmarks");
        List<BenchmarkSettings> benchmarks = All(profile, entries, files, world);
        if (entries.Count > 0 && entries.All(entry => entry.Value is YamlScalar { IsNull: true }))
        {
            profile.Errors.Add(profile.AtOf("benchmarks"), "No benchmark is left.", "Give at least one a source.");
        }

        return benchmarks;
    }

    /// <summary>
    /// Target questions, declared as benchmarks are; those with nothing behind the colon are left out. Those of the world are other draws than the benchmark's:
    /// they have a seed of their own.
    /// </summary>
    public static IReadOnlyList<BenchmarkSettings> SelectionTargets(MapReader profile, ExperimentFiles files, WorldDefaults world) =>
    [
        .. All(profile, profile.Entries("targets"), files, world with { Seed = world.Seed + "/targets" })
            .Select(target => target with { Source = target.Source with { Output = target.Source.Output with { Address = "data/targets/" + target.Name } } }),
    ];

    private static List<BenchmarkSettings> All(
        MapReader profile, IReadOnlyList<(YamlScalar Key, YamlNode Value)> entries, ExperimentFiles files, WorldDefaults world)
    {
        NameRules.CheckCase(entries.Select(entry => entry.Key), "benchmark", profile.Errors);
        List<BenchmarkSettings> benchmarks = [];
        foreach ((YamlScalar key, YamlNode value) in entries.Where(entry => entry.Value is not YamlScalar { IsNull: true }))
        {
            if (Form().IsMatch(key.Value))
            {
                BenchmarkSettings? benchmark = One(key, value, files, world, profile.Errors);
                benchmarks.AddRange(benchmark is null ? [] : [benchmark]);
            }
            else
            {
                profile.Errors.Add(
                    key.At, $"The benchmark cannot be called '{key.Value}': it is a part of addresses.",
                    "Use a letter, then letters, digits, '_', '-' and '.', at most 40.");
            }
        }

        return benchmarks;
    }

    private static BenchmarkSettings? One(YamlScalar key, YamlNode value, ExperimentFiles files, WorldDefaults world, ErrorList errors)
    {
        string what = $"the benchmark '{key.Value}'";
        return SourceReader.Read(value, key.Value, what, SourceShapes.Benchmark, [SourceKeys.World, SourceKeys.File], errors) switch
        {
            (SourceKeys.World, { } map) => World(key, new MapReader(map, what, SourceShapes.BenchmarkOfWorld, errors), files, world),
            (SourceKeys.File, { } map) when BenchmarkFiles.IsDeclared(map) =>
                BenchmarkFiles.Bind(key, new MapReader(map, what, SourceShapes.BenchmarkDeclared, errors), files),
            (SourceKeys.File, { } map) => FromFile(key, new MapReader(map, what, SourceShapes.BenchmarkFile, errors), files),
            _ => null,
        };
    }

    private static BenchmarkSettings? World(YamlScalar key, MapReader benchmark, ExperimentFiles files, WorldDefaults world)
    {
        string name = key.Value;
        IReadOnlyList<string> protocols = Protocols(benchmark);
        if (benchmark.Map(SourceKeys.World) is not { } reader)
        {
            return null;
        }

        if (!WorldSource.Benchmarks.TryGetValue(name, out (int Options, int FirstLevel) known))
        {
            reader.Errors.Add(key.At, $"The world has no benchmark '{name}'.", NearestName.Hint(name, [.. WorldSource.Benchmarks.Keys]));
            return null;
        }

        string seed = reader.Text("seed") ?? world.Seed;
        int? count = reader.Integer("count");
        int? options = reader.Integer("options");
        if (options is not null && options != known.Options)
        {
            reader.Errors.Add(reader.AtOf("options"), $"Questions of '{name}' have {known.Options} options, not {options}.", "Leave the key out.");
        }

        int? levels = reader.Integer("levels", reader.Shape["levels"].Bounds with { Least = known.FirstLevel });
        return count is null
            ? null
            : RepeatsBinder.Bind(
                benchmark, files,
                new BenchmarkSettings(name, count, known.Options, WorldSource.Benchmark(name, seed, count.Value, levels)) { Protocols = protocols });
    }

    private static BenchmarkSettings? FromFile(YamlScalar key, MapReader reader, ExperimentFiles files)
    {
        IReadOnlyList<string> protocols = Protocols(reader);
        int? options = reader.Integer("options");
        int? rows = reader.Integer("rows");
        RecordSource? source = QuestionFileBinder.Bind(reader, "benchmarks/" + key.Value, files, graded: true);
        return source is null
            ? null
            : RepeatsBinder.Bind(reader, files, new BenchmarkSettings(key.Value, rows, options!.Value, source) { Protocols = protocols });
    }

    /// <summary>The grading protocols that the profile names.</summary>
    public static IReadOnlyList<string> Protocols(MapReader reader)
    {
        IReadOnlyList<YamlScalar> chosen = reader.Texts("protocol");
        foreach (YamlScalar item in chosen.Where(item => !GradingProtocol.Names.Contains(item.Value)))
        {
            reader.Errors.Add(item.At, $"There is no grading protocol '{item.Value}'.", NearestName.Hint(item.Value, GradingProtocol.Names));
        }

        return [.. chosen.Select(item => item.Value)];
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_.-]{0,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
