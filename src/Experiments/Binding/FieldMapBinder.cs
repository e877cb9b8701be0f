using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Sources.Mapping;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>map</c>: which fields of a row make a question.</summary>
internal static class FieldMapBinder
{
    /// <summary>The map; null after an error.</summary>
    /// <param name="parent">What has the key <c>map</c>.</param>
    /// <param name="graded">True where answers are graded by the reference, so that no question may lack it.</param>
    public static QuestionMap? Bind(MapReader parent, bool graded)
    {
        int before = parent.Errors.Count;
        if (parent.Map("map") is not { } reader)
        {
            return null;
        }

        QuestionMap map = new()
        {
            Id = reader.Text("id"),
            Text = reader.Text("text") ?? "-",
            Reference = Reference(reader),
            Options = Options(reader),
            Meta = Meta(reader),
            Known = Known(reader),
        };
        if (reader.Errors.Count > before)
        {
            return null;
        }

        if (graded && map.Reference?.MayLack == true)
        {
            reader.Errors.Add(
                reader.AtOf("reference"), "Answers to a benchmark are graded by its reference answers: no question may lack its own.",
                $"Write '{map.Reference.Field[..^1]}'; 'badRows: skip' leaves out rows without one.");
        }

        foreach (UserError error in map.Validate())
        {
            // 'map.options.list' is at 'options'.
            string key = error.Location!.Split('.')[1];
            reader.Errors.Add(reader.AtOf(key), error.Message, error.Hint!);
        }

        return reader.Errors.Count > before ? null : map;
    }

    private static ReferenceMap? Reference(MapReader map)
    {
        switch (map.Find("reference"))
        {
            case null:
                return null;
            case YamlScalar scalar:
                return NodeReader.Text(scalar, "reference", map.Errors) is { } path ? new ReferenceMap(path) : null;
            default:
                return map.Map("reference") is { } reader && reader.Text("field") is { } field
                    ? new ReferenceMap(field)
                    {
                        As = reader.Text("as")!,
                        After = reader.Text("after"),
                    }
                    : null;
        }
    }

    private static OptionsMap? Options(MapReader map) => map.Map("options") is not { } reader
        ? null
        : new OptionsMap
        {
            List = reader.Text("list"),
            Columns = Texts(reader, "columns"),
            Correct = reader.Text("correct"),
            Incorrect = Texts(reader, "incorrect"),
            Drop = Texts(reader, "drop") ?? [],
        };

    private static SortedDictionary<string, string> Meta(MapReader map)
    {
        SortedDictionary<string, string> meta = new(StringComparer.Ordinal);
        foreach ((YamlScalar key, YamlNode value) in map.Entries("meta"))
        {
            if (NodeReader.Text(value, key.Value, map.Errors) is { } path)
            {
                meta[key.Value] = path;
            }
        }

        return meta;
    }

    private static SortedDictionary<string, IReadOnlyList<string>> Known(MapReader map)
    {
        SortedDictionary<string, IReadOnlyList<string>> known = new(StringComparer.Ordinal);
        foreach ((YamlScalar key, YamlNode value) in map.Entries("known"))
        {
            if (NodeReader.Distinct(value, key.Value, map.Errors) is { } values)
            {
                known[key.Value] = [.. values.Select(item => item.Value)];
            }
        }

        return known;
    }

    private static string[]? Texts(MapReader map, string key) => map.Find(key) is null ? null : [.. map.Texts(key).Select(item => item.Value)];
}
