using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Keys;

namespace NaturalThoughts.Experiments.Yaml;

/// <summary>
/// Reads a map whose keys are fixed. Unknown keys are reported at once; a required key that is missing when it is asked for. Of a key that is left
/// out, or whose value is wrong, the value is the default of its binder; null where it has none.
/// </summary>
internal sealed class MapReader
{
    private readonly YamlMap _map;
    private readonly string _what;

    /// <param name="map">The map.</param>
    /// <param name="what">What it is, for messages: <c>the profile</c>.</param>
    /// <param name="shape">All keys that it may have.</param>
    /// <param name="errors">Where errors go.</param>
    public MapReader(YamlMap map, string what, Shape shape, ErrorList errors)
    {
        (_map, _what, Shape, Errors) = (map, what, shape, errors);
        IReadOnlyList<string> keys = shape.Names;
        foreach ((YamlScalar key, _) in map.Entries.Where(entry => !keys.Contains(entry.Key.Value)))
        {
            errors.Add(key.At, $"There is no key '{Quoted.Of(key.Value)}' in {what}.", NearestName.Hint(key.Value, keys));
        }
    }

    public ErrorList Errors { get; }

    /// <summary>All keys that the map may have.</summary>
    public Shape Shape { get; }

    public Mark At => _map.At;

    public YamlMap Whole => _map;

    /// <summary>Where the value of a key stands; the map itself where there is none.</summary>
    public Mark AtOf(string key) => Find(key)?.At ?? _map.At;

    public YamlNode? Find(string key) => _map.Find(Shape[key].Name);

    public YamlNode? Require(string key)
    {
        YamlNode? node = Find(key);
        if (node is null)
        {
            Errors.Add(_map.At, $"The key '{key}' is missing in {_what}.", $"Add '{key}:'.");
        }

        return node;
    }

    /// <summary>The map of a key; null after an error, or where it is left out.</summary>
    public MapReader? Map(string key, bool? required = null) =>
        Node(key, KeyKind.Map, required) is { } node && NodeReader.Map(node, key, Errors) is { } map
            ? new MapReader(map, $"'{key}'", Shape[key].Shape!, Errors)
            : null;

    /// <summary>The map of a key; an empty one where it is left out, so that every key below has its default. Null after an error.</summary>
    public MapReader? Part(string key) => Find(key) is null ? new MapReader(new YamlMap([], _map.At), $"'{key}'", Shape[key].Shape!, Errors) : Map(key);

    /// <summary>The entries of a map whose keys are names; empty after an error, or where it is left out.</summary>
    public IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries(string key)
    {
        if ((Shape[key].IsRequired ? Require(key) : Find(key)) is not { } node || NodeReader.Map(node, key, Errors) is not { } map)
        {
            return [];
        }

        if (map.Entries.Count == 0)
        {
            Errors.Add(map.At, $"The map '{key}' is empty.", "Give at least one entry.");
        }

        return map.Entries;
    }

    public string? Text(string key, bool? required = null) => Node(key, KeyKind.Text, required) is not { } node ? (string?)Shape[key].Fallback
        : (Shape[key].Choices is { } choices ? NodeReader.OneOf(node, key, choices, Errors) : NodeReader.Text(node, key, Errors))
            ?? (string?)Shape[key].Fallback;

    /// <summary>A text that is one of some that are known to the binder alone.</summary>
    public string? OneOf(string key, IReadOnlyCollection<string> choices, bool? required = null) =>
        (required ?? Shape[key].IsRequired ? Require(key) : Find(key)) is { } node ? NodeReader.OneOf(node, key, choices, Errors) : null;

    public bool? Flag(string key) => (Node(key, KeyKind.Flag) is { } node ? NodeReader.Flag(node, key, Errors) : null) ?? (bool?)Shape[key].Fallback;

    public int? Integer(string key, bool? required = null) => (int?)Long(key, required);

    /// <summary>An integer whose range depends on other keys.</summary>
    public int? Integer(string key, Bounds bounds) => Node(key, KeyKind.Integer) is { } node ? (int?)NodeReader.Integer(node, key, bounds, Errors) : null;

    public long? Long(string key, bool? required = null) =>
        (Node(key, KeyKind.Integer, required) is { } node ? NodeReader.Integer(node, key, Shape[key].Bounds, Errors) : null) ?? (long?)Shape[key].Fallback;

    public double? Number(string key) =>
        (Node(key, KeyKind.Number) is { } node ? NodeReader.Number(node, key, Shape[key].Bounds, Errors) : null) ?? (double?)Shape[key].Fallback;

    /// <summary>Distinct integers; empty after an error, or where the key is left out.</summary>
    public IReadOnlyList<int> Integers(string key)
    {
        if (Node(key, KeyKind.Integers) is not { } node)
        {
            return [];
        }

        if (node is not YamlList)
        {
            Errors.Add(node.At, $"'{key}' must be a list of integers, not {node.InWords}.", "Write [1, 2, 3].");
            return [];
        }

        return [.. (NodeReader.Distinct(node, key, Errors) ?? []).Select(item => (int?)NodeReader.Integer(item, key, Shape[key].Bounds, Errors)).OfType<int>()];
    }

    /// <summary>The texts of a list; empty after an error, or where the key is left out.</summary>
    public IReadOnlyList<YamlScalar> Texts(string key) => Node(key, KeyKind.Texts) is { } node ? NodeReader.Distinct(node, key, Errors) ?? [] : [];

    /// <summary>
    /// The parameters of a stage that single values of this map are: what has a default of the stage's is left out where it is left out here.
    /// Lists and maps are their binder's.
    /// </summary>
    /// <param name="part">Keys of this map; null for all.</param>
    public JsonObject Parameters(Shape? part = null)
    {
        JsonObject parameters = [];
        foreach (Key key in part ?? Shape)
        {
            object? value = key.Kind switch
            {
                KeyKind.Text => Text(key.Name),
                KeyKind.Flag => Flag(key.Name),
                KeyKind.Integer => Long(key.Name),
                KeyKind.Number => Number(key.Name),
                _ => null,
            };
            if (value is not null && !(key.IsDefaultDropped && value.Equals(key.Default)))
            {
                parameters[key.Name] = Json(value, key);
            }
        }

        return parameters;
    }

    private static JsonNode? Json(object value, Key key) => value switch
    {
        string text => text,
        bool flag => flag,
        double number => number,
        long integer when key.Bounds.Most <= int.MaxValue => (int)integer,
        long integer => integer,
        _ => throw new InvalidOperationException($"'{key.Name}' is no single value."),
    };

    private YamlNode? Node(string key, KeyKind kind, bool? required = null)
    {
        Key known = Shape[key];
        if (known.Kind != kind)
        {
            throw new InvalidOperationException($"'{key}' in {_what} is read as {kind}, and it is {known.Kind}.");
        }

        return required ?? known.IsRequired ? Require(key) : Find(key);
    }
}
