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
    /// <param name="graded">True for a benchmark.</param>
    public static RecordSource? Bind(MapReader reader, string address, ExperimentFiles files, bool graded)
    {
        int before = reader.Errors.Count;
        OutsideFiles? outside = FileBinder.Bind(reader, files);
        string? format = reader.Text("format", required: outside is not null && FileBinder.FormatOf(outside) is null)
            ?? (outside is null ? null : FileBinder.FormatOf(outside));
        JsonObject parameters = new() { [StageParameters.Name(nameof(ImportQuestionsOptions.BadRows))] = reader.Text("badRows") };
        FieldMap.Add(parameters, nameof(ImportQuestionsOptions.Rows), reader.Long("rows"));
        FieldMap.Add(parameters, nameof(ImportQuestionsOptions.Confidential), reader.Flag("confidential"));
        FieldMap.Add(parameters, nameof(ImportQuestionsOptions.Shuffled), reader.Flag("shuffled"));
        FileBinder.AddTo(parameters, reader, format ?? RowFormats.Jsonl, null);
        FieldMap.Add(parameters, nameof(ImportQuestionsOptions.Map), FieldMapBinder.Bind(reader, graded)?.ToJson());
        return reader.Errors.Count > before || outside is null
            ? null
            : new RecordSource(new Output(address, ImportQuestionsStage.Questions), ImportQuestionsStage.Name, parameters) { Outside = outside };
    }
}
