using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Sources.Recorded;

namespace NaturalThoughts.Sources.Runs;

/// <summary>The verdicts that programs record on an answer, by the names that they themselves give them.</summary>
internal static class RunScores
{
    // What a row of lm-eval has beside the values of its metrics; older ones do not list those.
    private static readonly HashSet<string> NoMetrics = new(StringComparer.Ordinal)
    {
        "doc_id", "doc", "target", "arguments", "resps", "filtered_resps", "filter", "metrics", "doc_hash", "prompt_hash", "target_hash", "prompt", "task_name",
    };

    // Which metric is taken where a file has several: plain accuracy before what is derived from it.
    private static readonly string[] First =
    [
        "exact_match", "acc", "math_verify", "extractive_match", "choice", "match", "symbolic_correct", "is_correct", "acc_norm",
    ];

    /// <summary>Orders metrics: known ones first, then by name; of one metric the first filter that it had.</summary>
    public static IReadOnlyList<string> Ordered(IEnumerable<string> names) =>
        [.. names.OrderBy(name => Array.IndexOf(First, name.Split(',')[0]) is int at and >= 0 ? at : First.Length)];

    /// <summary>The verdicts of a row; a value that is no share of 1 is none.</summary>
    public static List<(string Metric, double Score)> Of(string format, JsonObject row) => format switch
    {
        RecordedFormats.LmEval => LmEval(row),
        RecordedFormats.Inspect => [.. Named(row["scores"], Inspect), .. row["score"] is JsonObject single ? Inspect("score", single) : []],
        RecordedFormats.Lighteval => [.. Named(row["metric"] ?? row["metrics"], Scalar)],
        RecordedFormats.NemoSkills => NemoSkills(row),
        _ => [],
    };

    /// <summary>A verdict from 0 to 1: a truth value, a share, or the letters and words of Inspect (C, I, P for a half, N); null for anything else.</summary>
    public static double? Share(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.Number => Number(node) is >= 0 and <= 1 and var number ? number : null,
        JsonValueKind.String => Word(node.ToString().Trim()),
        _ => null,
    };

    // Of Parquet a value is a number of .NET, of JSON a text that is one.
    private static double Number(JsonNode node) => node is JsonValue value && value.TryGetValue(out double number) ? number
        : double.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) ? parsed
        : double.NaN;

    private static double? Word(string text) => text.ToLowerInvariant() switch
    {
        "c" or "true" or "yes" or "correct" or "right" => 1,
        "i" or "n" or "false" or "no" or "incorrect" or "wrong" => 0,
        "p" => 0.5,
        string other => double.TryParse(other, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is >= 0 and <= 1 ? number : null,
    };

    private static List<(string, double)> LmEval(JsonObject row)
    {
        string suffix = row["filter"] is JsonValue filter && filter.ToString() is { Length: > 0 } name && name != "none" ? "," + name : "";
        IEnumerable<string> names = row["metrics"] is JsonArray listed
            ? listed.OfType<JsonValue>().Select(metric => metric.ToString())
            : row.Select(field => field.Key).Where(field => !NoMetrics.Contains(field));
        return [.. names.SelectMany(metric => row[metric] is JsonValue value ? Scalar(metric + suffix, value) : [])];
    }

    private static List<(string, double)> NemoSkills(JsonObject row)
    {
        List<(string, double)> scores = [.. row.Where(field => field.Key.EndsWith("correct", StringComparison.Ordinal) && field.Value is JsonValue)
            .SelectMany(field => Scalar(field.Key, field.Value))];
        if (row["judgement"] is JsonValue judgement && !row.ContainsKey("judge_correct"))
        {
            // Its is_correct_judgement: right where what follows the last mark begins with yes, wrong without the mark.
            const string Mark = "Judgement:";
            string text = judgement.ToString();
            int at = text.LastIndexOf(Mark, StringComparison.Ordinal);
            bool yes = at >= 0 && text[(at + Mark.Length)..].TrimStart().StartsWith("yes", StringComparison.OrdinalIgnoreCase);
            scores.Add(("judge_correct", yes ? 1 : 0));
        }

        return scores;
    }

    private static IEnumerable<(string, double)> Inspect(string name, JsonNode? score) => score is not JsonObject map ? []
        : map["value"] is JsonObject parts ? parts.SelectMany(part => Scalar($"{name}/{part.Key}", part.Value))
        : map.ContainsKey("value") ? Scalar(name, map["value"])
        : [];

    private static IEnumerable<(string, double)> Named(JsonNode? scores, Func<string, JsonNode?, IEnumerable<(string, double)>> read) =>
        scores is JsonObject map ? map.SelectMany(entry => read(entry.Key, entry.Value)) : [];

    // A null stands where Python wrote NaN: the metric is there and says nothing.
    private static IEnumerable<(string, double)> Scalar(string name, JsonNode? value) =>
        value is null ? [(name, double.NaN)] : Share(value) is { } share ? [(name, share)] : [];
}
