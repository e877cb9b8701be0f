using System.Globalization;
using System.Text.Json.Nodes;

namespace NaturalThoughts.Reporting.Locks;

/// <summary>The values of a lock by their paths.</summary>
internal static class LockValues
{
    /// <summary>Scalars by path. The cells themselves, which are compared one by one, are left out; <c>benchmarks</c> is no part of a path.</summary>
    public static SortedDictionary<string, string> Flatten(JsonNode? node, string root = "")
    {
        SortedDictionary<string, string> values = new(StringComparer.Ordinal);
        void Visit(string path, JsonNode? value)
        {
            switch (value)
            {
                case JsonObject map:
                    foreach ((string key, JsonNode? member) in map)
                    {
                        if (!(path.Length == 0 && key == "cells"))
                        {
                            Visit(key == "benchmarks" ? path : path.Length == 0 ? key : path + "." + key, member);
                        }
                    }

                    break;
                case JsonArray list:
                    for (int i = 0; i < list.Count; i++)
                    {
                        Visit(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), list[i]);
                    }

                    break;
                default:
                    values[path] = value?.ToString() ?? "";
                    break;
            }
        }

        Visit(root, node);
        return values;
    }

    /// <summary>What differs, in ordinal order of the paths.</summary>
    public static IEnumerable<LockChange> Differences(SortedDictionary<string, string> old, SortedDictionary<string, string> now) => old.Keys
        .Union(now.Keys, StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)
        .Select(name => new LockChange(name, old.GetValueOrDefault(name, ""), now.GetValueOrDefault(name, "")))
        .Where(change => change.Old != change.New);
}
