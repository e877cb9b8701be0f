using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Reads <c>map</c> of recorded work, and puts what a stage finds wrong with its parameters at its place in the file.</summary>
internal static class FieldMap
{
    /// <summary>The map of recorded work, each member a field or a list of fields; null where the key is missing.</summary>
    public static JsonObject? Recorded(MapReader reader)
    {
        if (reader.Map("map") is not { } fields)
        {
            return null;
        }

        JsonObject map = [];
        foreach (string name in fields.Shape.Names.Where(name => name != "firstRepeat" && fields.Find(name) is not null))
        {
            map[name] = Texts(fields, name);
        }

        if (fields.Integer("firstRepeat") is { } first)
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
                at = at switch
                {
                    YamlMap map => map.Find(name),
                    YamlList list when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int place) =>
                        list.Items.ElementAtOrDefault(place),
                    _ => null,
                } ?? at;
            }

            reader.Errors.Add(at.At, error.Message, error.Hint ?? "Change it.");
        }
    }

    /// <summary>Adds a value where there is one.</summary>
    /// <param name="json">Parameters of a stage, or a part of them.</param>
    /// <param name="member">The member of the stage's options that reads it.</param>
    /// <param name="value">The value; null for none.</param>
    public static void Add(JsonObject json, string member, JsonNode? value)
    {
        if (value is not null)
        {
            json[StageParameters.Name(member)] = value;
        }
    }

    /// <summary>What is wrong with a path of a field; null for nothing.</summary>
    public static string? Wrong(string path)
    {
        try
        {
            RowPath.Parse(path);
            return null;
        }
        catch (FormatException wrong)
        {
            return wrong.Message;
        }
    }

    /// <summary>A list of texts as JSON.</summary>
    public static JsonArray Texts(MapReader reader, string name) => new([.. reader.Texts(name).Select(text => (JsonNode)text.Value)]);
}
