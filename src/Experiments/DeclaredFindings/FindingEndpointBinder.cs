using NaturalThoughts.Experiments.Binding;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Reporting.Findings;

namespace NaturalThoughts.Experiments.DeclaredFindings;

/// <summary>
/// Binds <c>endpoints</c>: a list of benchmarks stands for their mean, a map gives each its weight. Every benchmark is an endpoint by its own name.
/// </summary>
internal static class FindingEndpointBinder
{
    /// <summary>Name to benchmarks and weights. Without a profile no benchmark is looked up, and there are no benchmarks' own endpoints.</summary>
    public static Dictionary<string, IReadOnlyList<FindingStratum>> Bind(MapReader reader, Profile? profile)
    {
        string[] known = [.. (profile?.Benchmarks ?? []).Select(benchmark => benchmark.Name)];
        Dictionary<string, IReadOnlyList<FindingStratum>> endpoints =
            known.ToDictionary(name => name, name => (IReadOnlyList<FindingStratum>)[new FindingStratum(name, 1)], StringComparer.Ordinal);
        foreach ((YamlScalar name, YamlNode value) in reader.Entries("endpoints"))
        {
            if (endpoints.ContainsKey(name.Value))
            {
                reader.Errors.Add(name.At, $"'{name.Value}' is a benchmark, which is an endpoint by itself.", "Give the endpoint another name.");
                continue;
            }

            (YamlScalar Name, double Weight)[] parts = [.. Parts(reader, name.Value, value)];
            if (parts.Length == 0)
            {
                reader.Errors.Add(value.At, $"The endpoint '{name.Value}' has no benchmark.", "Write a list of benchmarks, or a map of benchmarks to weights.");
            }

            foreach ((YamlScalar benchmark, _) in parts.Where(part => part.Weight == 0))
            {
                reader.Errors.Add(benchmark.At, $"The weight of '{benchmark.Value}' is 0.", "Leave it out.");
            }

            if (profile is not null)
            {
                TableBinder.Known(parts.Select(part => part.Name), known, "benchmark", reader.Errors);
            }

            endpoints[name.Value] = [.. parts.Select(part => new FindingStratum(part.Name.Value, part.Weight))];
        }

        return endpoints;
    }

    private static IEnumerable<(YamlScalar Name, double Weight)> Parts(MapReader reader, string name, YamlNode value)
    {
        if (value is YamlMap map)
        {
            return map.Entries.Select(entry =>
                (entry.Key, NodeReader.Number(entry.Value, entry.Key.Value, reader.Shape["endpoints"].Value!.Value!.Bounds, reader.Errors) ?? 1));
        }

        IReadOnlyList<YamlScalar> items = NodeReader.Distinct(value, name, reader.Errors) ?? [];
        return items.Select(item => (item, 1.0 / items.Count));
    }
}
