using NaturalThoughts.Records;

namespace NaturalThoughts.Reporting.Pools;

/// <summary>A question with all that is known of it.</summary>
internal sealed record PoolRow(Question Question, Trace Trace, Annotation Annotation, ModelAnswer? Answer, bool? Agrees)
{
    public string Family => Question.Meta.GetValueOrDefault("family", "");

    /// <summary>The domain by the source.</summary>
    public string Domain => Question.Meta.GetValueOrDefault("domain", "");

    /// <summary>The topic within the domain by the source; empty where it has none.</summary>
    public string Topic => Question.Meta.GetValueOrDefault("topic", "");

    /// <summary>Whether the trace's answer is wrong by the source; null where the source does not say.</summary>
    public bool? Mistaken => Trace.Meta.TryGetValue("mistake", out string? mistake) ? mistake == "true" : null;

    public string Level => Question.Meta.GetValueOrDefault("level", "");

    /// <summary>The strategies by the source.</summary>
    public IReadOnlyList<string> Strategies => Trace.Meta.GetValueOrDefault("strategies", "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
