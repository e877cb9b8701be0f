using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Reads <c>map</c> of a source, which fields make a record, and the stage's own complaints into places of the file.</summary>
internal static class FieldMap
{
    /// <summary>The map of questions; null where the key is missing, or after an error.</summary>
    public static JsonObject? Questions(MapReader reader)
    {
        if (reader.Map("map", Shapes.QuestionMap) is not { } fields)
        {
            return null;
        }

        JsonObject map = [];
        Add(map, "id", fields.Text("id", required: false));
        Add(map, "text", fields.Text("text"));
        if (fields.Find("reference") is { } reference)
        {
            map["reference"] = Short(fields, reference, "reference", "field", Shapes.ReferenceMap, []);
        }

        if (fields.Find("options") is { } options)
        {
            map["options"] = Short(fields, options, "options", "list", Shapes.OptionMap, ["columns", "incorrect", "drop"]);
        }

        if (fields.Map("meta", [.. Keys(fields, "meta")], required: false) is { } meta)
        {
            map["meta"] = new JsonObject(Keys(fields, "meta").Select(name => KeyValuePair.Create(name, (JsonNode?)meta.Text(name))));
        }

        if (fields.Map("known", [.. Keys(fields, "known")], required: false) is { } known)
        {
            map["known"] = new JsonObject(Keys(fields, "known").Select(name => KeyValuePair.Create(name, (JsonNode?)Texts(known, name))));
        }

        return map;
    }

    /// <summary>The map of recorded work, each member a field or a list of fields; null where the key is missing.</summary>
    public static JsonObject? Recorded(MapReader reader)
    {
        if (reader.Map("map", Shapes.RecordedMap, required: false) is not { } fields)
        {
            return null;
        }

        JsonObject map = [];
        foreach (string name in Shapes.RecordedMap.Where(name => name != "firstRepeat" && fields.Find(name) is not null))
        {
            map[name] = Texts(fields, name);
        }

        if (fields.Integer("firstRepeat", 0, 1, required: false) is { } first)
        {
            map["firstRepeat"] = first;
        }

        return map;
    }

    /// <summary>Reports what a stage finds wrong with its parameters, each at the value that its location names.</summary>
    public static void Report(IEnumerable<UserError> errors, MapReader reader)
    {
        foreach (UserError error in errors)
        {
            YamlNode at = reader.Whole;
            foreach (string name in (error.Location ?? "").Split('.'))
            {
                at = (at as YamlMap)?.Find(name) ?? at;
            }

            reader.Errors.Add(at.At, error.Message, error.Hint ?? "Change it.");
        }
    }

    /// <summary>Adds a value where there is one.</summary>
    public static void Add(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    // A single text is short for a map with that key alone.
    private static JsonObject Short(MapReader fields, YamlNode node, string name, string key, string[] keys, string[] lists)
    {
        JsonObject json = [];
        if (node is YamlScalar)
        {
            Add(json, key, fields.Text(name));
        }
        else if (fields.Map(name, keys) is { } map)
        {
            foreach (string each in keys.Where(each => map.Find(each) is not null))
            {
                json[each] = lists.Contains(each) ? Texts(map, each) : map.Text(each);
            }
        }

        return json;
    }

    private static IEnumerable<string> Keys(MapReader fields, string name) => (fields.Find(name) as YamlMap)?.Entries.Select(entry => entry.Key.Value) ?? [];

    private static JsonArray Texts(MapReader reader, string name) => new([.. reader.Texts(name).Select(text => (JsonNode)text.Value)]);
}
