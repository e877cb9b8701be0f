using NaturalThoughts.Teaching.Reading;

namespace NaturalThoughts.Experiments.Keys;

/// <summary>The keys of models behind an OpenAI-compatible endpoint.</summary>
internal static class EndpointShapes
{
    private const double LongestSeconds = 86_400;
    private const double DearestMillion = 1_000_000_000;
    private const long LargestSeed = 1L << 52; // replicates are added to it, and JSON's readers may know no larger integers

    /// <summary>Parts of a pool, each a target.</summary>
    public static readonly Key Shards = Key.Integer("shards", 1, 1000).Or(1);

    public static readonly Shape Sampling =
    [
        Key.Number("temperature", 0, 2).Optional(),
        Key.NumberAbove("topP", 0, 1).Optional(),
        Key.Integer("maxTokens", 1, 10_000_000).ByStage(16_384),
        Key.Long("seed", 0, LargestSeed).Optional(),
        Key.Texts("stop").Optional(),
        Key.Other("extra").Optional(),
    ];

    public static readonly Shape Limits =
    [
        Key.Integer("startConcurrency", 1, 10_000).ByStage(4),
        Key.Integer("maxConcurrency", 1, 10_000).ByStage(256),
        Key.Integer("requestsPerMinute", 1).Optional(),
        Key.Integer("tokensPerMinute", 1).Optional(),
        Key.Integer("retries", 0).ByStage(8),
        Key.Integer("busyRetries", 0).ByStage(100),
        Key.NumberAbove("backoff", 0, LongestSeconds).ByStage(1),
        Key.NumberAbove("maxBackoff", 0, LongestSeconds).ByStage(300),
        Key.NumberAbove("firstByteTimeout", 0, LongestSeconds).ByStage(600),
        Key.NumberAbove("idleTimeout", 0, LongestSeconds).ByStage(120),
        Key.NumberAbove("attemptTimeout", 0, LongestSeconds).ByStage(3600),
        Key.Integer("maxReplyBytes", 1024).Optional(),
        Key.Flag("stream").ByStage(true),
        Key.Choice("tokenLimitField", ["max_completion_tokens", "max_tokens"]).ByStage("max_tokens"),
        Key.Integer("maxUnanswered", 0).ByStage(0),
    ];

    public static readonly Shape Prices =
    [
        Key.Number("inputPerMillion", 0, DearestMillion).ByStage(0),
        Key.Number("outputPerMillion", 0, DearestMillion).ByStage(0),
    ];

    /// <summary>What is the same for whoever calls a model.</summary>
    public static readonly Shape Caller =
    [
        Key.Text(SourceKeys.Endpoint),
        Key.Text("model"),
        Key.Text("keyVariable").Optional(),
        Key.Text("addressVariable").Optional(),
        Key.Map("limits", Limits).Optional(),
        Key.Map("prices", Prices).Optional(),
    ];

    /// <summary>What is the same for all chat models.</summary>
    public static readonly Shape Chat = [.. Caller, Key.Map("sampling", Sampling).Optional(), Key.Text("system").Optional()];

    public static readonly Shape Teacher = [.. Chat, Key.Text("prompt"), Key.Integer("sample", 0, 1_000_000).ByStage(0), Shards];
    public static readonly Shape Task = [Key.Text("prompt"), Key.Texts("fields", AnnotationReader.All)];

    public static readonly Shape Annotator =
    [
        .. Chat,
        Key.Other("tasks"),
        Key.Texts("domains").Optional(),
        Key.Flag("structured").ByStage(true),
        Key.Integer("repairs", 0, 10).ByStage(2),
        Key.Text("vocabulary").Optional(),
        Key.Flag("keepUnmatched").ByStage(true),
        Shards,
    ];

    public static readonly Shape Judge =
    [
        .. Chat,
        Key.Text("prompt"),
        Key.Flag("structured").ByStage(true),
        Key.Integer("repairs", 0, 10).ByStage(2),
        Key.Flag("agreeWhenUndecided").ByStage(true),
        Shards,
    ];

    /// <summary>A file of names of strategies that mean the same.</summary>
    public static readonly Shape Vocabulary = [Key.Names("vocabulary"), Key.Other("unmatched").Optional()];
}
