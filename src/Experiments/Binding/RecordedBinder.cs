using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;
using NaturalThoughts.Sources.Recorded;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds answers that somebody's model gave already: a path, or <c>{file: ..., format: ..., map: ...}</c>.</summary>
internal static class RecordedBinder
{
    /// <summary>Whose format recorded answers have, or how their rows are written.</summary>
    public static readonly string[] Formats = [.. RowFormats.Known.Concat(RecordedFormats.Known).Except([RecordedFormats.Fields]).Order(StringComparer.Ordinal)];

    /// <summary>The source; null after an error.</summary>
    /// <param name="node">The value of <c>recorded</c>.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="address">The address of the target.</param>
    /// <param name="questions">The files of the questions, which are meant where the map names no file; null where they come from no file.</param>
    /// <param name="files">Where the experiments are.</param>
    /// <param name="errors">Where errors go.</param>
    public static RecordSource? Answers(YamlNode node, string what, string address, OutsideFiles? questions, ExperimentFiles files, ErrorList errors)
    {
        // A path is short for a map with that file alone.
        YamlNode whole = node is YamlScalar { IsNull: false } path ? new YamlMap([(new YamlScalar(SourceKeys.File, true, path.At), path)], path.At) : node;
        if (NodeReader.Map(whole, what, errors) is not { } map)
        {
            return null;
        }

        int before = errors.Count;
        MapReader reader = new(map, $"'{what}'", Shapes.RecordedAnswers, errors);
        OutsideFiles? outside = reader.Find(SourceKeys.File) is null && questions is not null ? questions : FileBinder.Bind(reader, files);
        string? ending = outside is null ? null : FileBinder.FormatOf(outside);
        string? format = reader.OneOf("format", Formats, required: outside is not null && ending is null) ?? ending;
        bool isNamed = format is not null && !RowFormats.Known.Contains(format);
        JsonObject parameters = new()
        {
            ["format"] = isNamed ? format : RecordedFormats.Fields,
            ["badRows"] = reader.OneOf("badRows", BadRows.Known, required: false) ?? BadRows.Skip,
            ["matchBy"] = reader.OneOf("matchBy", MatchBy.Known, required: false) ?? MatchBy.Any,
        };
        FileBinder.AddTo(parameters, reader, (isNamed ? RecordedFormats.Rows(format!) : format) ?? RowFormats.Jsonl, isNamed ? RecordedFormats.Entries(format!) : null);
        FieldMap.Add(parameters, "repeat", reader.Integer("repeat", 1, required: false));
        FieldMap.Add(parameters, "filter", reader.Text("filter", required: false));
        FieldMap.Add(parameters, "map", FieldMap.Recorded(reader));
        if (errors.Count > before || outside is null)
        {
            return null;
        }

        FieldMap.Report(Check(parameters, outside), reader);
        return errors.Count > before
            ? null
            : new RecordSource(new Output(address, ImportAnswersStage.Answers), ImportAnswersStage.Name, parameters) { Outside = outside };
    }

    // The files are not read for this: any digest does.
    private static IReadOnlyList<UserError> Check(JsonObject parameters, OutsideFiles outside) => new StageContext
    {
        Parameters = outside.AddTo(parameters, _ => default),
        Inputs = new Dictionary<string, string>(),
        OutputFolder = "",
    }.Options<ImportAnswersOptions>().Validate();
}
