using System.Text.Json.Nodes;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;
using NaturalThoughts.Sources.Recorded;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds annotations and judgements that somebody has already: <c>{file: ..., map: ...}</c>.</summary>
internal static class SignalBinder
{
    /// <summary>Recorded annotations; null after an error.</summary>
    public static RecordSource? Annotations(YamlNode node, ExperimentFiles files, ErrorList errors) => Bind(
        node, Shapes.RecordedAnnotations, Shapes.AnnotationMap, ["domain", "strategies", "verbosity"], new Output("data/annotations", ImportAnnotationsStage.Output), ImportAnnotationsStage.Name, files, errors);

    /// <summary>Recorded judgements; null after an error.</summary>
    public static RecordSource? Judgements(YamlNode node, ExperimentFiles files, ErrorList errors) => Bind(
        node, Shapes.RecordedJudgements, Shapes.JudgementMap, ["agree"], new Output("data/judgements", ImportJudgementsStage.Output), ImportJudgementsStage.Name, files, errors);

    private static RecordSource? Bind(
        YamlNode node, string[] keys, string[] mapKeys, string[] needed, Output output, string stage, ExperimentFiles files, ErrorList errors)
    {
        if (RecordedBinder.Reader(node, keys, errors) is not { } reader)
        {
            return null;
        }

        int before = errors.Count;
        OutsideFiles? outside = FileBinder.Bind(reader, files);
        string? ending = outside is null ? null : FileBinder.FormatOf(outside);
        string? format = reader.OneOf("format", RowFormats.Known, required: outside is not null && ending is null) ?? ending;
        JsonObject parameters = new() { ["badRows"] = reader.OneOf("badRows", BadRows.Known, required: false) ?? BadRows.Skip };
        FileBinder.AddTo(parameters, reader, format ?? RowFormats.Jsonl, null);
        if (keys.Contains("domains") && reader.Find("domains") is not null)
        {
            parameters["domains"] = new JsonArray([.. reader.Texts("domains").Select(domain => (JsonNode)domain.Value)]);
        }

        FieldMap.Add(parameters, "map", reader.Map("map", mapKeys) is { } map ? Map(map, mapKeys, needed) : null);
        return errors.Count > before || outside is null ? null : new RecordSource(output, stage, parameters) { Outside = outside };
    }

    private static JsonObject Map(MapReader reader, string[] keys, string[] needed)
    {
        JsonObject map = [];
        foreach (string key in keys)
        {
            if (reader.Text(key, required: needed.Contains(key)) is not { } path)
            {
                continue;
            }

            map[key] = path;
            if (key != "separator" && FieldMap.Wrong(path) is { } wrong)
            {
                reader.Errors.Add(reader.AtOf(key), wrong, "Write such as 'question', 'doc.question' or 'responses[0].response'.");
            }
        }

        if (reader.Find("id") is null && reader.Find("text") is null)
        {
            reader.Errors.Add(reader.At, "The map does not say which question a row is about.", "Name the field of the question's id or of its text.");
        }

        return map;
    }
}
