using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Teaching;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Running;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds a model behind an OpenAI-compatible endpoint: what is the same for whoever calls one.</summary>
internal static class EndpointBinder
{
    /// <summary>A reader of a map with an endpoint. Secrets in it are reported without being shown.</summary>
    public static MapReader Reader(YamlMap map, string what, Shape shape, ErrorList errors) => new(SecretKeys.Remove(map, errors), what, shape, errors);

    /// <summary>The parameter <c>endpoint</c> of a stage; it is whole only where no error was added.</summary>
    /// <param name="reader">The map.</param>
    /// <param name="samples">False for a model that draws nothing, as one that embeds.</param>
    public static JsonObject Endpoint(MapReader reader, bool samples = true)
    {
        JsonObject json = [];
        FieldMap.Add(json, nameof(EndpointOptions.Url), reader.Text(SourceKeys.Endpoint, required: true));
        FieldMap.Add(json, nameof(EndpointOptions.Model), reader.Text("model", required: true));
        FieldMap.Add(json, nameof(EndpointOptions.KeyVariable), Variable(reader, "keyVariable"));
        FieldMap.Add(json, nameof(EndpointOptions.AddressVariable), Variable(reader, "addressVariable"));
        FieldMap.Add(json, nameof(EndpointOptions.Sampling), samples ? EndpointParts.Sampling(reader) : null);
        FieldMap.Add(json, nameof(EndpointOptions.Limits), EndpointParts.Limits(reader));
        FieldMap.Add(json, nameof(EndpointOptions.Prices), EndpointParts.Prices(reader));
        return json;
    }

    /// <summary>The text of a prompt's file that a key names; null where the key is missing or after an error.</summary>
    public static string? Prompt(MapReader reader, string key, ExperimentFiles files) =>
        reader.Text(key) is { } name ? PromptFiles.Text(name, reader.AtOf(key), files, reader.Errors) : null;

    /// <summary>Puts what a stage finds wrong with its parameters at its place in the file; without an error before.</summary>
    public static void Check<T>(JsonObject parameters, Func<T, IReadOnlyList<UserError>> validate, MapReader reader)
        where T : class =>
        FieldMap.Report(validate(StageParameters.Read<T>(parameters)).Select(error => error with { Location = Key(error.Location) }), reader);

    /// <summary>The source in as many parts as the map says, and what joins their rows; the source itself where it says nothing.</summary>
    public static RecordSource Sharded(RecordSource source, MapReader reader)
    {
        int count = reader.Integer("shards")!.Value;
        if (count == 1)
        {
            return source;
        }

        RecordSource Part(int index)
        {
            JsonObject parameters = source.Parameters.DeepClone().AsObject();
            parameters[StageParameters.Name(nameof(AnswerOptions.Shard))] = StageParameters.Of(new ShardOptions { Index = index, Count = count });
            return source with
            {
                Output = source.Output with { Address = FormattableString.Invariant($"{source.Output.Address}/shard{index}") },
                Parameters = parameters,
            };
        }

        return new RecordSource(source.Output with { File = JoinShardsStage.Output }, JoinShardsStage.Name, StageParameters.Of(new JoinShardsOptions(count)))
        {
            Made = [.. Enumerable.Range(0, count).Select(index => (JoinShardsStage.Part(index), Part(index)))],
        };
    }

    private static string? Variable(MapReader reader, string key)
    {
        if (reader.Text(key) is not { } name)
        {
            return null;
        }

        if (!SecretKeys.LooksLikeKey(name))
        {
            return name;
        }

        reader.Errors.Add(
            reader.AtOf(key),
            $"'{key}' looks like a key, not like the name of an environment variable that holds one.",
            "Give the variable's name in capitals, such as TEACHER_KEY. If this was a key, revoke it: it was in a file.");
        return null;
    }

    // Members of the stage's 'endpoint' are beside the others in YAML.
    private static string Key(string? location) => location switch
    {
        null => "",
        "endpoint.url" => SourceKeys.Endpoint,
        _ when location.StartsWith("endpoint.", StringComparison.Ordinal) => location["endpoint.".Length..],
        _ => location,
    };
}
