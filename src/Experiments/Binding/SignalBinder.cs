using System.Text.Json.Nodes;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Sources.Reading;
using NaturalThoughts.Sources.Recorded;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds annotations and judgements that somebody has already: <c>{file: ..., map: ...}</c>.</summary>
internal static class SignalBinder
{
    /// <summary>Recorded annotations; null after an error.</summary>
    public static RecordSource? Annotations(YamlNode node, ExperimentFiles files, ErrorList errors) => Bind(
        node, SourceShapes.RecordedAnnotations, new Output("data/annotations", ImportAnnotationsStage.Output), ImportAnnotationsStage.Name, files, errors);

    /// <summary>Recorded judgements; null after an error.</summary>
    public static RecordSource? Judgements(YamlNode node, ExperimentFiles files, ErrorList errors) => Bind(
        node, SourceShapes.RecordedJudgements, new Output("data/judgements", ImportJudgementsStage.Output), ImportJudgementsStage.Name, files, errors);

    private static RecordSource? Bind(
        YamlNode node, Shape shape, Output output, string stage, ExperimentFiles files, ErrorList errors)
    {
        if (RecordedBinder.Reader(node, shape, errors) is not { } reader)
        {
            return null;
        }

        int before = errors.Count;
        OutsideFiles? outside = FileBinder.Bind(reader, files);
        string? ending = outside is null ? null : FileBinder.FormatOf(outside);
        string? format = reader.Text("format", required: outside is not null && ending is null) ?? ending;
        JsonObject parameters = new() { [StageParameters.Name(nameof(SignalOptions.BadRows))] = reader.Text("badRows") };
        FileBinder.AddTo(parameters, reader, format ?? RowFormats.Jsonl, null);
        if (shape.Names.Contains("domains") && reader.Find("domains") is not null)
        {
            FieldMap.Add(parameters, nameof(SignalOptions.Domains), FieldMap.Texts(reader, "domains"));
        }

        FieldMap.Add(parameters, nameof(SignalOptions.Map), reader.Map("map") is { } map ? Map(map) : null);
        return errors.Count > before || outside is null ? null : new RecordSource(output, stage, parameters) { Outside = outside };
    }

    private static JsonObject Map(MapReader reader)
    {
        JsonObject map = reader.Parameters();
        foreach ((string key, JsonNode? path) in map)
        {
            if (key != "separator" && FieldMap.Wrong((string)path!) is { } wrong)
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
