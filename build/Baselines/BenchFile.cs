using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Build.Baselines;

/// <summary>Reads <c>bench/baselines.yaml</c>: every benchmark, how it is started, and the bounds of what it prints.</summary>
internal static class BenchFile
{
    /// <summary>The file, below the root of a checkout.</summary>
    public const string Path = "bench/baselines.yaml";

    private const string Day = "yyyy-MM-dd";

    private static readonly Shape Entry =
        [Key.Text("about"), Key.Text("command"), Key.Text("takes"), Key.Text("needs").Optional(), Key.Names("values").Optional()];

    private static readonly Shape OfValue =
    [
        Key.Text("peer").Optional(),
        Key.Text("unit").Optional(),
        Key.Number("min", 0).Optional(),
        Key.Number("max", 0).Optional(),
        Key.Text("measured"),
    ];

    /// <summary>The benchmarks of a checkout, in the order of the file.</summary>
    /// <param name="root">The checkout.</param>
    /// <exception cref="UserErrorException">There is no such file, or something in it is wrong: all of it at once.</exception>
    public static IReadOnlyList<Bench> Read(string root)
    {
        string path = System.IO.Path.Combine(root, Path);
        if (!File.Exists(path))
        {
            throw new UserErrorException($"There is no file {Path} at '{root}'.", "Bench", "Benchmarks run in a checkout of the sources.");
        }

        ErrorList errors = new();
        YamlMap? map = YamlReader.Read(path, Path, errors);
        Bench[] benches = [.. (map?.Entries ?? []).Select(entry => Bind(entry.Key.Value, entry.Value, errors)).OfType<Bench>()];
        errors.ThrowIfAny();
        return benches;
    }

    private static Bench? Bind(string name, YamlNode node, ErrorList errors)
    {
        if (NodeReader.Map(node, name, errors) is not { } map)
        {
            return null;
        }

        MapReader reader = new(map, $"the benchmark '{Quoted.Of(name)}'", Entry, errors);
        string? about = reader.Text("about"), command = reader.Text("command"), takes = reader.Text("takes"), needs = reader.Text("needs");
        Bound?[] bounds = [.. reader.Entries("values").Select(entry => BindValue(entry.Key.Value, entry.Value, errors))];
        return about is null || command is null || takes is null || bounds.Any(bound => bound is null)
            ? null
            : new Bench(name, about, command, takes, needs, bounds!);
    }

    private static Bound? BindValue(string name, YamlNode node, ErrorList errors)
    {
        if (NodeReader.Map(node, name, errors) is not { } map)
        {
            return null;
        }

        MapReader reader = new(map, $"the value '{Quoted.Of(name)}'", OfValue, errors);
        string? peer = reader.Text("peer"), unit = reader.Text("unit");
        double? least = reader.Number("min"), most = reader.Number("max");
        bool hasPeer = reader.Find("peer") is not null;
        if (hasPeer == reader.Find("unit") is not null)
        {
            errors.Add(
                reader.At,
                $"The value '{Quoted.Of(name)}' has {(hasPeer ? "both 'peer' and" : "neither 'peer' nor")} 'unit'.",
                "Give 'peer' where the bound is of the ratio, or 'unit' where it is of the value itself.");
        }

        if (reader.Find("min") is null && reader.Find("max") is null)
        {
            errors.Add(reader.At, $"The value '{Quoted.Of(name)}' has no bound.", "Give 'min', 'max' or both.");
        }
        else if (least > most)
        {
            errors.Add(reader.AtOf("max"), "'max' is less than 'min'.", "Exchange them.");
        }

        if (reader.Text("measured") is not { } day)
        {
            return null;
        }

        if (!DateOnly.TryParseExact(day, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            errors.Add(reader.AtOf("measured"), $"'measured' is '{Quoted.Of(day)}', which is not a day.", "Write it as 2026-11-23.");
            return null;
        }

        return new Bound(name, peer, unit, least, most, date);
    }
}
