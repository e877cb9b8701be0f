using System.Text.Json.Nodes;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Sources.Questions;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds questions out of files: <c>{file: ..., map: ...}</c>.</summary>
internal static class QuestionFileBinder
{
    /// <summary>The source; null after an error.</summary>
    /// <param name="reader">The map with the keys of a file of questions.</param>
    /// <param name="address">The address of the target.</param>
    /// <param name="files">Where the experiments are.</param>
    public static RecordSource? Bind(MapReader reader, string address, ExperimentFiles files)
    {
        int before = reader.Errors.Count;
        OutsideFiles? outside = FileBinder.Bind(reader, files);
        string? format = reader.Text("format", required: outside is not null && FileBinder.FormatOf(outside) is null)
            ?? (outside is null ? null : FileBinder.FormatOf(outside));
        JsonObject parameters = new() { ["badRows"] = reader.Text("badRows") };
        FieldMap.Add(parameters, "rows", reader.Long("rows"));
        FieldMap.Add(parameters, "confidential", reader.Flag("confidential"));
        FieldMap.Add(parameters, "shuffled", reader.Flag("shuffled"));
        FileBinder.AddTo(parameters, reader, format ?? RowFormats.Jsonl, null);
        FieldMap.Add(parameters, "map", FieldMapBinder.Bind(reader)?.ToJson());
        return reader.Errors.Count > before || outside is null
            ? null
            : new RecordSource(new Output(address, ImportQuestionsStage.Questions), ImportQuestionsStage.Name, parameters) { Outside = outside };
    }
}
