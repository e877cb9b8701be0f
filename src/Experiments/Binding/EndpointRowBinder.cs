using System.Text.Json.Nodes;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Teaching;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds a row of a model behind an endpoint: <c>{endpoint: http://localhost:8000/v1, model: ..., label: Theirs}</c>.</summary>
internal static class EndpointRowBinder
{
    private static readonly string[] Own = [.. EndpointShapes.Chat.Names, "label", "baseline", "replicates", "mode"];

    /// <summary>The row's one cell; none after an error. What its sampling leaves open is the profile's generation.</summary>
    public static IEnumerable<CellSettings> Bind(MapReader row, string? label, Profile profile, ExperimentFiles files)
    {
        int before = row.Errors.Count;
        foreach (string key in TableShapes.Row.Names.Except(Own).Where(key => row.Find(key) is not null))
        {
            row.Errors.Add(row.AtOf(key), $"A row of a model behind an endpoint has no '{key}': nothing is trained for it.", "Remove the key.");
        }

        row.Require("label");
        string? mode = row.OneOf("mode", [.. profile.Prompts.Keys]);
        IReadOnlyList<int>? replicates = row.Find("replicates") is null ? null : row.Integers("replicates");
        JsonObject endpoint = EndpointBinder.Endpoint(row);
        JsonObject sampling = endpoint["sampling"]?.AsObject() ?? [];
        sampling.TryAdd("temperature", profile.Generation.Temperature);
        sampling.TryAdd("topP", profile.Generation.TopP);
        sampling.TryAdd("maxTokens", profile.Generation.MaxNewTokens);
        endpoint["sampling"] = sampling;
        if ((int?)endpoint["limits"]?["maxUnanswered"] > 0)
        {
            YamlNode limits = row.Find("limits")!;
            row.Errors.Add(
                ((YamlMap)limits).Find("maxUnanswered")!.At, "Every prompt of a row needs an answer, or it cannot be graded.",
                "Remove 'maxUnanswered': what is finished is kept, and the next run asks for the rest.");
        }

        JsonObject parameters = [];
        FieldMap.Add(parameters, nameof(AnswerOptions.Endpoint), endpoint);
        FieldMap.Add(parameters, nameof(AnswerOptions.System), EndpointBinder.Prompt(row, "system", files));
        if (row.Errors.Count == before)
        {
            EndpointBinder.Check<AnswerOptions>(parameters, options => options.Validate(), row);
        }

        return label is null || row.Errors.Count > before
            ? []
            : [
                new CellSettings
                {
                    Address = label,
                    Row = label,
                    Mode = mode ?? ModeSettings.Think,
                    Endpoint = parameters,
                    Replicates = replicates,
                    Baseline = row.Text("baseline"),
                }];
    }
}
