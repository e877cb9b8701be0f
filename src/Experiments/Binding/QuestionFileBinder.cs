using System.Text.Json.Nodes;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Questions;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds questions out of files: <c>{file: ..., map: ...}</c>.</summary>
internal static class QuestionFileBinder
{
    /// <summary>The source; null after an error.</summary>
    /// <param name="reader">The map with <see cref="Shapes.QuestionFile"/>.</param>
    /// <param name="address">The address of the target.</param>
    /// <param name="badRows">What happens to a bad row where the map does not say.</param>
    /// <param name="files">Where the experiments are.</param>
    public static RecordSource? Bind(MapReader reader, string address, string badRows, ExperimentFiles files)
    {
        int before = reader.Errors.Count;
        OutsideFiles? outside = FileBinder.Bind(reader, files);
        string? format = reader.OneOf("format", RowFormats.Known, required: outside is not null && FileBinder.FormatOf(outside) is null)
            ?? (outside is null ? null : FileBinder.FormatOf(outside));
        JsonObject parameters = new() { ["badRows"] = reader.OneOf("badRows", BadRows.Known, required: false) ?? badRows };
        FieldMap.Add(parameters, "rows", reader.Long("rows", 1, required: false));
        FieldMap.Add(parameters, "confidential", reader.Flag("confidential"));
        FieldMap.Add(parameters, "shuffled", reader.Flag("shuffled"));
        FileBinder.AddTo(parameters, reader, format ?? RowFormats.Jsonl, null);
        FieldMap.Add(parameters, "map", FieldMapBinder.Bind(reader)?.ToJson());
        return reader.Errors.Count > before || outside is null
            ? null
            : new RecordSource(new Output(address, ImportQuestionsStage.Questions), ImportQuestionsStage.Name, parameters) { Outside = outside };
    }
}
