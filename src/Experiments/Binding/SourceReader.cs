using System.Text.RegularExpressions;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Finds which one of <see cref="SourceKeys"/> the map of a source has: it says where records come from, and so who binds the map.</summary>
internal static partial class SourceReader
{
    /// <summary>True when an extending profile says that something comes from elsewhere: the keys of the other source then count for nothing.</summary>
    public static bool Replaces(string path, YamlMap below, YamlMap above) => Places().IsMatch(path) && Of(above) is { } origin && origin != Of(below);

    /// <summary>The source that follows a key; see the other form.</summary>
    public static (string? Origin, YamlMap? Map) Read(MapReader reader, string key, Shape shape, IReadOnlyCollection<string> origins) =>
        reader.Require(key) is { } node ? Read(node, key, $"'{key}'", shape, origins, reader.Errors) : (null, null);

    /// <summary>A source and its one key that says where from; nulls after an error.</summary>
    /// <param name="node">The source.</param>
    /// <param name="name">Its key.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="shape">All keys that it may have.</param>
    /// <param name="origins">Those of which it has one.</param>
    /// <param name="errors">Where errors go.</param>
    public static (string? Origin, YamlMap? Map) Read(
        YamlNode node, string name, string what, Shape shape, IReadOnlyCollection<string> origins, ErrorList errors)
    {
        int before = errors.Count;
        if (NodeReader.Map(node, name, errors) is not { } map)
        {
            return (null, null);
        }

        string[] given = [.. origins.Where(key => map.Find(key) is not null)];
        if (given.Length == 1)
        {
            return (given[0], map);
        }

        _ = new MapReader(map, what, shape, errors);
        if (errors.Count == before)
        {
            string choices = string.Join(" or ", origins.Select(key => $"'{key}:'"));
            errors.Add(
                map.At,
                given.Length == 0
                    ? $"Where {what} comes from is missing."
                    : $"{char.ToUpperInvariant(what[0])}{what[1..]} comes from '{given[0]}' and from '{given[1]}'.", $"Give {choices}.");
        }

        return (null, null);
    }

    private static string? Of(YamlMap map) => SourceKeys.All.FirstOrDefault(key => map.Find(key) is not null);

    [GeneratedRegex("^(data/[^/]+|(benchmarks|targets)/[^/]+|pretraining/corpus|embedding)$", RegexOptions.CultureInvariant)]
    private static partial Regex Places();
}
