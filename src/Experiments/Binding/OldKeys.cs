using NaturalThoughts.Evaluation;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Reports keys that profiles had: <c>world</c>, with its values as they are written now, and <c>numerics</c>, of which one value was left.</summary>
internal static class OldKeys
{
    private const string World = "world";
    private const string Numerics = "numerics";

    /// <summary>
    /// The profile without the old keys; <paramref name="found"/> is true when there was <c>world</c>: what it leaves missing is no further error.
    /// </summary>
    public static YamlMap Remove(YamlMap profile, ErrorList errors, out bool found)
    {
        foreach ((YamlScalar key, YamlNode _) in profile.Entries.Where(entry => entry.Key.Value == Numerics))
        {
            errors.Add(
                key.At,
                "The key 'numerics' is gone: float32 on the processor has one arithmetic, the same on every machine; a GPU and half precision have their own.",
                "Remove the line.");
        }

        profile = new YamlMap([.. profile.Entries.Where(entry => entry.Key.Value != Numerics)], profile.At);
        (YamlScalar Key, YamlNode Value)[] old = [.. profile.Entries.Where(entry => entry.Key.Value == World)];
        found = old.Length > 0;
        if (!found)
        {
            return profile;
        }

        List<string> parts = [];
        string questions = Flow([.. Of(old[0].Value, "seed", "seed"), .. Of(old[0].Value, "pool", "count"), .. Of(old[0].Value, "levels", "levels")]);
        bool whole = profile.Find("data") is null;
        if (whole || questions.Length > 0)
        {
            string rest = whole ? $", teacher: {World}, second: {World}, annotator: {World}, agreement: {GradingProtocol.StrictAnswerLine}" : "";
            parts.Add($"'data: {{questions: {{{World}: {{{questions}}}}}{rest}}}'");
        }

        if ((old[0].Value as YamlMap)?.Find("benchmarks") is YamlMap benchmarks)
        {
            parts.Add($"'benchmarks: {{{Flow([.. benchmarks.Entries.Select(entry => $"{entry.Key.Value}: {{{World}: {Text(entry.Value)}}}")])}}}'");
        }

        if ((old[0].Value as YamlMap)?.Find("corpus") is { } corpus)
        {
            parts.Add($"'pretraining: {{corpus: {{{World}: {Text(corpus)}}}{(whole ? ", tokenizer: " + World : "")}}}'");
        }

        errors.Add(
            old[0].Key.At, "The key 'world' has become 'data', 'benchmarks' and 'pretraining: {corpus: ..., tokenizer: ...}'.",
            $"Write {string.Join(", ", parts)}.");
        return new YamlMap([.. profile.Entries.Where(entry => entry.Key.Value != World)], profile.At);
    }

    private static IEnumerable<string> Of(YamlNode world, string key, string now) =>
        (world as YamlMap)?.Find(key) is { } value ? [$"{now}: {Text(value)}"] : [];

    private static string Flow(IReadOnlyList<string> entries) => string.Join(", ", entries);

    private static string Text(YamlNode node) => node switch
    {
        YamlMap map => $"{{{Flow([.. map.Entries.Select(entry => $"{entry.Key.Value}: {Text(entry.Value)}")])}}}",
        YamlList list => $"[{Flow([.. list.Items.Select(Text)])}]",
        YamlScalar { IsPlain: true } scalar => scalar.Value,
        YamlScalar scalar => $"\"{scalar.Value}\"",
        _ => "",
    };
}
