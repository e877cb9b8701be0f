namespace NaturalThoughts.Experiments.Yaml;

/// <summary>Keys and values in the order of the file; no key appears twice.</summary>
internal sealed record YamlMap(IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries, Mark At) : YamlNode(At)
{
    public override int Height { get; } = 1 + Entries.Select(entry => entry.Value.Height).DefaultIfEmpty().Max();

    public override string InWords => "a map";

    public YamlNode? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Value == key).Value;

    /// <summary>
    /// These entries with those of <paramref name="over"/> on top: maps are merged key by key, everything else is replaced. Keys keep the
    /// place that they have here; new ones follow.
    /// </summary>
    /// <param name="over">The entries on top.</param>
    /// <param name="replaces">Whether the map on top takes the place of another, given the keys that lead to both, with slashes; null for never.</param>
    public YamlMap With(YamlMap over, Func<string, YamlMap, YamlMap, bool>? replaces = null) => With(over, replaces ?? ((_, _, _) => false), "");

    private YamlMap With(YamlMap over, Func<string, YamlMap, YamlMap, bool> replaces, string path)
    {
        List<(YamlScalar Key, YamlNode Value)> merged = [];
        foreach ((YamlScalar key, YamlNode value) in Entries)
        {
            (YamlScalar Key, YamlNode Value) other = over.Entries.FirstOrDefault(entry => entry.Key.Value == key.Value);
            merged.Add(other.Value is null
                ? (key, value)
                : (other.Key, value is YamlMap below && other.Value is YamlMap above && !replaces(path + key.Value, below, above)
                    ? below.With(above, replaces, path + key.Value + "/")
                    : other.Value));
        }

        merged.AddRange(over.Entries.Where(entry => Find(entry.Key.Value) is null));
        return new YamlMap(merged, over.At);
    }
}
