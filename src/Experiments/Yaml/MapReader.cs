using NaturalThoughts.Contracts;

namespace NaturalThoughts.Experiments.Yaml;

/// <summary>
/// Reads a map whose keys are fixed. Unknown keys are reported at once; a required key that is missing when it is asked for; a value
/// is null when its key is missing or its value wrong.
/// </summary>
internal sealed class MapReader
{
    private readonly YamlMap _map;
    private readonly string _what;
    private readonly IReadOnlyCollection<string> _keys;

    /// <param name="map">The map.</param>
    /// <param name="what">What it is, for messages: <c>the profile</c>.</param>
    /// <param name="keys">All keys that it may have.</param>
    /// <param name="errors">Where errors go.</param>
    public MapReader(YamlMap map, string what, IReadOnlyCollection<string> keys, ErrorList errors)
    {
        (_map, _what, _keys, Errors) = (map, what, keys, errors);
        foreach ((YamlScalar key, _) in map.Entries.Where(entry => !keys.Contains(entry.Key.Value)))
        {
            errors.Add(key.At, $"There is no key '{Quoted.Of(key.Value)}' in {what}.", NearestName.Hint(key.Value, keys));
        }
    }

    public ErrorList Errors { get; }

    public Mark At => _map.At;

    public YamlMap Whole => _map;

    /// <summary>Where the value of a key stands; the map itself where there is none.</summary>
    public Mark AtOf(string key) => Find(key)?.At ?? _map.At;

    public YamlNode? Find(string key) => _keys.Contains(key)
        ? _map.Find(key)
        : throw new InvalidOperationException($"'{key}' is not among the keys of {_what}.");

    public YamlNode? Require(string key)
    {
        YamlNode? node = Find(key);
        if (node is null)
        {
            Errors.Add(_map.At, $"The key '{key}' is missing in {_what}.", $"Add '{key}:'.");
        }

        return node;
    }

    public MapReader? Map(string key, IReadOnlyCollection<string> keys, bool required = true) =>
        (required ? Require(key) : Find(key)) is { } node && NodeReader.Map(node, key, Errors) is { } map
            ? new MapReader(map, $"'{key}'", keys, Errors)
            : null;

    /// <summary>The entries of a map whose keys are names; empty after an error.</summary>
    public IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries(string key)
    {
        if (Require(key) is not { } node || NodeReader.Map(node, key, Errors) is not { } map)
        {
            return [];
        }

        if (map.Entries.Count == 0)
        {
            Errors.Add(map.At, $"The map '{key}' is empty.", "Give at least one entry.");
        }

        return map.Entries;
    }

    public string? Text(string key, bool required = true) =>
        (required ? Require(key) : Find(key)) is { } node ? NodeReader.Text(node, key, Errors) : null;

    public string? OneOf(string key, IReadOnlyCollection<string> choices, bool required = true) =>
        (required ? Require(key) : Find(key)) is { } node ? NodeReader.OneOf(node, key, choices, Errors) : null;

    public bool? Flag(string key) => Find(key) is { } node ? NodeReader.Flag(node, key, Errors) : null;

    public int? Integer(string key, int least, int most = int.MaxValue, bool required = true) => (int?)Long(key, least, most, required);

    public long? Long(string key, long least, long most = long.MaxValue, bool required = true) =>
        (required ? Require(key) : Find(key)) is { } node ? NodeReader.Integer(node, key, least, most, Errors) : null;

    public double? Number(string key, double least, double most, bool open = false, bool required = true) =>
        (required ? Require(key) : Find(key)) is { } node ? NodeReader.Number(node, key, least, most, open, Errors) : null;

    /// <summary>Distinct integers; empty after an error.</summary>
    public IReadOnlyList<int> Integers(string key, int least, int most)
    {
        if (Require(key) is not { } node)
        {
            return [];
        }

        if (node is not YamlList)
        {
            Errors.Add(node.At, $"'{key}' must be a list of integers, not {node.InWords}.", "Write [1, 2, 3].");
            return [];
        }

        return [.. (NodeReader.Distinct(node, key, Errors) ?? []).Select(item => (int?)NodeReader.Integer(item, key, least, most, Errors)).OfType<int>()];
    }

    /// <summary>The texts of a list; empty where the key is missing.</summary>
    public IReadOnlyList<YamlScalar> Texts(string key) =>
        Find(key) is { } node ? NodeReader.Distinct(node, key, Errors) ?? [] : [];
}
