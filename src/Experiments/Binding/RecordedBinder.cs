using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Sources.Reading;
using NaturalThoughts.Sources.Recorded;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds what somebody's model wrote already: a path, or <c>{file: ..., format: ..., map: ...}</c>.</summary>
internal static class RecordedBinder
{
    /// <summary>A second model's answers to the questions; null after an error. See <see cref="Bind"/>.</summary>
    public static RecordSource? Answers(YamlNode node, OutsideFiles? questions, ExperimentFiles files, ErrorList errors) =>
        Bind(node, ImportAnswersStage.Name, new Output("data/second", ImportAnswersStage.Answers), questions, files, errors);

    /// <summary>A teacher's traces; null after an error. See <see cref="Bind"/>.</summary>
    public static RecordSource? Traces(YamlNode node, OutsideFiles? questions, ExperimentFiles files, ErrorList errors) =>
        Bind(node, ImportTracesStage.Name, new Output("data/traces", ImportTracesStage.Output), questions, files, errors);

    /// <summary>The source; null after an error.</summary>
    /// <param name="node">The value of <c>recorded</c>.</param>
    /// <param name="stage">The stage that imports it, with the parameters of <see cref="ImportAnswersStage"/>.</param>
    /// <param name="output">What it leaves.</param>
    /// <param name="questions">The files of the questions, which are meant where the map names no file; null where they come from no file.</param>
    /// <param name="files">Where the experiments are.</param>
    /// <param name="errors">Where errors go.</param>
    public static RecordSource? Bind(YamlNode node, string stage, Output output, OutsideFiles? questions, ExperimentFiles files, ErrorList errors)
    {
        if (Reader(node, SourceShapes.RecordedAnswers, errors) is not { } reader)
        {
            return null;
        }

        int before = errors.Count;
        OutsideFiles? outside = reader.Find(SourceKeys.File) is null && questions is not null ? questions : FileBinder.Bind(reader, files);
        string? ending = outside is null ? null : FileBinder.FormatOf(outside);
        string? format = reader.Text("format", required: outside is not null && ending is null) ?? ending;
        bool isNamed = format is not null && !RowFormats.Known.Contains(format);
        JsonObject parameters = new()
        {
            [StageParameters.Name(nameof(ImportAnswersOptions.Format))] = isNamed ? format : RecordedFormats.Fields,
            [StageParameters.Name(nameof(ImportAnswersOptions.BadRows))] = reader.Text("badRows"),
            [StageParameters.Name(nameof(ImportAnswersOptions.MatchBy))] = reader.Text("matchBy"),
        };
        FileBinder.AddTo(
            parameters, reader, (isNamed ? RecordedFormats.Rows(format!) : format) ?? RowFormats.Jsonl, isNamed ? RecordedFormats.Entries(format!) : null);
        FieldMap.Add(parameters, nameof(ImportAnswersOptions.Repeat), reader.Integer("repeat"));
        FieldMap.Add(parameters, nameof(ImportAnswersOptions.Filter), reader.Text("filter"));
        FieldMap.Add(parameters, nameof(ImportAnswersOptions.Map), FieldMap.Recorded(reader));
        if (errors.Count > before || outside is null)
        {
            return null;
        }

        FieldMap.Report(Check(parameters, outside), reader);
        return errors.Count > before
            ? null
            : new RecordSource(output, stage, parameters) { Outside = outside };
    }

    /// <summary>The map behind <c>recorded</c>; a path is short for a map with that file alone.</summary>
    public static MapReader? Reader(YamlNode node, Shape shape, ErrorList errors)
    {
        YamlNode whole = node is YamlScalar { IsNull: false } path ? new YamlMap([(new YamlScalar(SourceKeys.File, true, path.At), path)], path.At) : node;
        return NodeReader.Map(whole, SourceKeys.Recorded, errors) is { } map ? new MapReader(map, $"'{SourceKeys.Recorded}'", shape, errors) : null;
    }

    // The files are not read for this: any digest does.
    private static IReadOnlyList<UserError> Check(JsonObject parameters, OutsideFiles outside) =>
        StageParameters.Read<ImportAnswersOptions>(outside.AddTo(parameters, _ => default)).Validate();
}
