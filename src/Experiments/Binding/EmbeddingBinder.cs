using System.Text.Json.Nodes;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Teaching;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>
/// Binds <c>embedding</c>: by the student, <c>{batchTokens: 16384}</c>, or by a model, <c>{endpoint: http://localhost:8000/v1, model: ...}</c>.
/// </summary>
internal static class EmbeddingBinder
{
    /// <summary>The student's settings, or the model's source; nulls after an error.</summary>
    public static (int? BatchTokens, string? Precision, RecordSource? Model) Bind(MapReader profile)
    {
        if (profile.Require("embedding") is not { } node || NodeReader.Map(node, "embedding", profile.Errors) is not { } map)
        {
            return default;
        }

        if (map.Find(SourceKeys.Endpoint) is not null)
        {
            return (null, null, Model(map, profile.Errors));
        }

        MapReader reader = new(map, "'embedding'", StudentShapes.Embedding, profile.Errors);
        return (reader.Integer(SourceKeys.BatchTokens), reader.Text("precision"), null);
    }

    private static RecordSource? Model(YamlMap map, ErrorList errors)
    {
        int before = errors.Count;
        foreach ((YamlScalar key, _) in map.Entries.Where(entry => StudentShapes.Embedding.Names.Contains(entry.Key.Value)))
        {
            errors.Add(key.At, $"'{key.Value}' is for a student that embeds, but '{SourceKeys.Endpoint}' names a model.", "Remove one of them.");
        }

        YamlMap own = new([.. map.Entries.Where(entry => !StudentShapes.Embedding.Names.Contains(entry.Key.Value))], map.At);
        MapReader reader = EndpointBinder.Reader(own, "'embedding'", StudentShapes.EmbeddingModel, errors);
        JsonObject parameters = [];
        FieldMap.Add(parameters, nameof(EmbedModelOptions.Endpoint), EndpointBinder.Endpoint(reader, samples: false));
        FieldMap.Add(parameters, nameof(EmbedModelOptions.Batch), reader.Integer("batch"));
        FieldMap.Add(parameters, nameof(EmbedModelOptions.Dimensions), reader.Integer("dimensions"));
        FieldMap.Add(parameters, nameof(EmbedModelOptions.Encoding), reader.Text("encoding"));
        RecordSource source = EndpointBinder.Sharded(
            new RecordSource(new Output("base/embed", EmbedModelStage.Output), EmbedModelStage.Name, parameters), reader);
        if (errors.Count == before)
        {
            EndpointBinder.Check<EmbedModelOptions>(parameters, options => options.Validate(), reader);
        }

        return errors.Count > before ? null : source;
    }
}
