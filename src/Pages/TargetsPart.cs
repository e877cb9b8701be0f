using System.Text.Json.Nodes;

namespace NaturalThoughts.Pages;

/// <summary>
/// The targets with state, time, keys and digests, and which of them are behind each cell. It tells of the store and the machine, so it is the one
/// part that two reports of the same results may differ in. Thousands of targets are alike: what they share is written once, as the script
/// <c>targets.js</c> reads it.
/// </summary>
internal static class TargetsPart
{
    /// <summary>The targets as one JSON object.</summary>
    public static JsonObject Of(ReportSource source)
    {
        Dictionary<string, int> places = source.Targets.Select((target, i) => (target.Address, i))
            .ToDictionary(item => item.Address, item => item.i, StringComparer.Ordinal);
        DateTimeOffset first = source.Targets.Where(target => target.Run is not null).Select(target => target.Run!.Started)
            .DefaultIfEmpty(DateTimeOffset.UnixEpoch).Min();
        SharedValues kinds = new(), states = new(), values = new();
        JsonArray rows = [];
        foreach (ReportTarget target in source.Targets)
        {
            rows.Add(new JsonArray(
            [
                kinds.Place(Kind(target)),
                states.Place(ScriptPart.Texts([target.State, target.Reason])),
                target.Address,
                new JsonArray([.. target.Inputs.Select(input => places.TryGetValue(input.Target, out int place) ? (JsonNode)place : input.Target)]),
                .. target.Run is { } run ? Run(run, first, values) : [],
            ]));
        }

        return new JsonObject
        {
            ["layers"] = Layers(source.Targets),
            ["kinds"] = kinds.Values,
            ["states"] = states.Values,
            ["values"] = values.Values,
            ["first"] = first.ToUnixTimeSeconds(),
            ["rows"] = rows,
            ["cells"] = ScriptPart.Map(
                source.Tables, table => table.Name,
                table => ScriptPart.Map(table.Cells, cell => cell.Address, cell => Runs(places, source.TargetsOf(table.Name, cell.Address)))),
        };
    }

    // What targets of a stage have in common.
    private static JsonObject Kind(ReportTarget target) => new()
    {
        ["stage"] = target.Stage,
        ["roles"] = new JsonArray([.. target.Inputs.Select(input => (JsonNode)ScriptPart.Texts([input.Role, input.File]))]),
        ["files"] = ScriptPart.Texts(target.Run?.Outputs.Select(output => output.Name) ?? []),
        ["counted"] = ScriptPart.Texts(target.Run?.Counts.Select(count => count.Key) ?? []),
    };

    // Key, seconds after the first start, seconds taken, places of parameters, circumstances and warnings, digests, bytes, counts.
    private static IEnumerable<JsonNode?> Run(ReportRun run, DateTimeOffset first, SharedValues values) =>
    [
        Short(run.Key),
        run.Started.ToUnixTimeSeconds() - first.ToUnixTimeSeconds(),
        Math.Round(run.Duration.TotalSeconds, 3),
        values.Place(run.Parameters),
        values.Place(run.Circumstances),
        values.Place(ScriptPart.Texts(run.Warnings)),
        ScriptPart.Texts(run.Outputs.Select(output => Short(output.Digest))),
        new JsonArray([.. run.Outputs.Select(output => (JsonNode)output.Bytes)]),
        new JsonArray([.. run.Counts.Select(count => (JsonNode)count.Value)]),
    ];

    // The digits that the page shows of a digest.
    private static string Short(string hex) => hex[..ReportText.ShownDigits];

    // Rows behind a cell as stretches [first, number of them], in the order in which they are given; those that are not among the rows are left out.
    private static JsonArray Runs(Dictionary<string, int> places, IReadOnlyList<string> addresses)
    {
        List<(int First, int Count)> runs = [];
        foreach (int place in addresses.Where(places.ContainsKey).Select(address => places[address]))
        {
            if (runs.Count > 0 && runs[^1].First + runs[^1].Count == place)
            {
                runs[^1] = (runs[^1].First, runs[^1].Count + 1);
            }
            else
            {
                runs.Add((place, 1));
            }
        }

        return new JsonArray([.. runs.Select(run => (JsonNode)new JsonArray(run.First, run.Count))]);
    }

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
            .Select(stage =>
                (JsonNode)new JsonObject
                {
                    ["stage"] = stage,
                    ["from"] = ScriptPart.Texts(arrows.Where(arrow => arrow.To == stage).Select(arrow => arrow.From).Order(StringComparer.Ordinal)),
                })]))]);
    }
}
