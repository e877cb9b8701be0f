using System.Globalization;
using System.Text.Json.Nodes;

namespace NaturalThoughts.Pages;

/// <summary>The targets with state, time, keys and digests, and which of them are behind each cell. It tells of the store and the machine, so it is the one part that two reports of the same results may differ in.</summary>
internal static class TargetsPart
{
    /// <summary>The targets as one JSON object.</summary>
    public static JsonObject Of(ReportSource source) => new()
    {
        ["layers"] = Layers(source.Targets),
        ["targets"] = ScriptPart.Map(source.Targets, target => target.Address, Target),
        ["cells"] = ScriptPart.Map(source.Tables, table => table.Name, table => ScriptPart.Map(table.Cells, cell => cell.Address, cell => ScriptPart.Texts(source.TargetsOf(table.Name, cell.Address)))),
    };

    private static JsonObject Target(ReportTarget target) => new()
    {
        ["stage"] = target.Stage,
        ["state"] = target.State,
        ["reason"] = target.Reason,
        ["inputs"] = new JsonArray([.. target.Inputs.Select(input => (JsonNode)ScriptPart.Texts([input.Role, input.Target, input.File]))]),
        ["run"] = target.Run is not { } run ? null : new JsonObject
        {
            ["key"] = run.Key,
            ["started"] = run.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["seconds"] = Math.Round(run.Duration.TotalSeconds, 3),
            ["parameters"] = run.Parameters?.DeepClone(),
            ["outputs"] = new JsonArray([.. run.Outputs.Select(output => (JsonNode)new JsonArray(output.Name, output.Digest, output.Bytes))]),
            ["counts"] = ScriptPart.Map(run.Counts, count => count.Key, count => count.Value),
            ["warnings"] = ScriptPart.Texts(run.Warnings),
            ["circumstances"] = run.Circumstances.DeepClone(),
        },
    };

    // Stages in layers: one is in the layer after the last of those that it reads from.
    private static JsonArray Layers(IReadOnlyList<ReportTarget> targets)
    {
        Dictionary<string, string> stageOf = targets.ToDictionary(target => target.Address, target => target.Stage, StringComparer.Ordinal);
        (string From, string To)[] arrows = [.. targets
            .SelectMany(target => target.Inputs.Select(input => (From: stageOf.GetValueOrDefault(input.Target, ""), To: target.Stage)))
            .Where(arrow => arrow.From.Length > 0 && arrow.From != arrow.To).Distinct()];
        string[] stages = [.. targets.Select(target => target.Stage).Distinct(StringComparer.Ordinal)];
        Dictionary<string, int> layer = stages.ToDictionary(stage => stage, _ => 0, StringComparer.Ordinal);

        // As many rounds as there are stages: more would only be needed for a cycle of stages, which then ends here.
        for (int round = 0; round < stages.Length; round++)
        {
            foreach ((string from, string to) in arrows)
            {
                layer[to] = Math.Min(stages.Length, Math.Max(layer[to], layer[from] + 1));
            }
        }

        return new JsonArray([.. stages.GroupBy(stage => layer[stage]).OrderBy(group => group.Key).Select(group => (JsonNode)new JsonArray([.. group
            .Order(StringComparer.Ordinal)
            .Select(stage => (JsonNode)new JsonObject { ["stage"] = stage, ["from"] = ScriptPart.Texts(arrows.Where(arrow => arrow.To == stage).Select(arrow => arrow.From).Order(StringComparer.Ordinal)) })]))]);
    }
}
