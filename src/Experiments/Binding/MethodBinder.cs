using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Selection;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>methods</c> and <c>clustering</c>; ranges are checked by the stages' own options.</summary>
internal static class MethodBinder
{
    public static IReadOnlyList<MethodSettings> Methods(MapReader profile)
    {
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> entries = profile.Entries("methods");
        NameRules.CheckCase(entries.Select(entry => entry.Key), "row", profile.Errors);
        List<MethodSettings> methods = [];
        foreach ((YamlScalar key, YamlNode value) in entries)
        {
            // Nothing behind the colon: a method without settings under its own name.
            YamlNode map = value is YamlScalar { IsNull: true } ? new YamlMap([], key.At) : value;
            if (NameRules.Check(key, "row", profile.Errors) && NodeReader.Map(map, key.Value, profile.Errors) is { } settings
                && One(key, settings, profile.Errors) is { } method)
            {
                methods.Add(method);
            }
        }

        return methods;
    }

    public static ClusterOptions? Clustering(MapReader profile, int? pool)
    {
        if (profile.Map("clustering") is not { } reader)
        {
            return null;
        }

        int? minClusterSize = Integer("minClusterSize");
        int? minSamples = Integer("minSamples");
        string? method = reader.Text("method");
        return minClusterSize is null || method is null
            ? null
            : new ClusterOptions { MinClusterSize = minClusterSize.Value, MinSamples = minSamples, Method = method };

        // No cluster is larger than the pool.
        int? Integer(string key) => reader.Integer(key, reader.Shape[key].Bounds with { Most = pool ?? int.MaxValue });
    }

    private static MethodSettings? One(YamlScalar key, YamlMap map, ErrorList errors)
    {
        YamlNode named = map.Find("method") ?? key;
        if (named is not YamlScalar { IsNull: false } scalar || !SelectionMethod.Names.Contains(scalar.Value))
        {
            string given = named is YamlScalar text ? text.Value : named.InWords;
            errors.Add(
                named.At, $"There is no selection method '{given}'.",
                NearestName.Hint(given, SelectionMethod.Names) + (named == key ? " A row of another name needs 'method:'." : ""));
            return null;
        }

        int before = errors.Count;
        string method = scalar.Value;
        MapReader reader = new(map, $"a row with the method {method}", StudentShapes.RowOf(method), errors);
        SelectOptions options = Options(method, reader);
        if (errors.Count > before)
        {
            return null;
        }

        foreach (UserError error in options.Validate())
        {
            string at = error.Location!.Split('.')[^1];
            errors.Add(reader.AtOf(at), error.Message, error.Hint ?? "Change it.");
        }

        return new MethodSettings(key.Value, options);
    }

    private static SelectOptions Options(string method, MapReader reader)
    {
        SelectOptions options = new() { Method = method, Size = 1, Seed = "" };
        return method switch
        {
            SelectionMethod.SemanticEmbeddings => options with
            {
                SemanticEmbeddings = new() { Noise = reader.Text("noise") ?? "" },
            },
            SelectionMethod.ReasoningStrategies => options with
            {
                ReasoningStrategies = new()
                {
                    MinStrategies = reader.Integer("minStrategies") ?? 0,
                    MaxStrategies = reader.Integer("maxStrategies") ?? 0,
                    MinPerThousandTokens = reader.Number("minPerThousandTokens") ?? 0,
                    LowDensityKeep = reader.Number("lowDensityKeep") ?? 0,
                },
            },
            SelectionMethod.LongReasoning => options with
            {
                LongReasoning = new() { C = reader.Integer("c") ?? 1, Tau = reader.Number("tau") ?? 1 },
            },
            SelectionMethod.Verbosity => options with
            {
                Verbosity = new() { Min = reader.Integer("min") ?? 0, Max = reader.Integer("max") ?? 0 },
            },
            SelectionMethod.ShortReference => options with
            {
                ShortReference = new() { MaxCharacters = reader.Integer("maxCharacters") ?? 1 },
            },
            _ => options,
        };
    }
}
