namespace NaturalThoughts.Experiments.Keys;

/// <summary>The keys of a profile, and of its parts that are about no record and no student.</summary>
internal static class ProfileShapes
{
    /// <summary>Of <c>specialTokensInText</c>: special tokens inside a question or a trace are its text.</summary>
    public const string PlainTokens = "plain";

    /// <summary>Of <c>specialTokensInText</c>: special tokens inside a question or a trace are special.</summary>
    public const string ParsedTokens = "parsed";

    private const double Largest = 1e15;

    public static readonly Shape Budget = [Key.Long("pretrainingTokens", 1), Key.Long("sftTokens", 1), Key.Long("generationTokens", 1)];

    public static readonly Shape Modes =
    [
        Key.Integer("scale", 1),
        Key.Integers("budgets", 1),
        Key.Texts("easy").Optional(),
        Key.Texts("hard").Optional(),
        Key.Integers("closed", 0).Optional(),
        Key.Integer("answerTokens", 1).Optional(),
    ];

    public static readonly Shape Resume = [Key.Number("everyMinutes", 0, 100_000).Or(10), Key.Integer("keep", 1, 1000).Or(2)];
    public static readonly Shape Serve = [Key.Text(SourceKeys.World), Key.Number("faults", 0, 0.9).Or(0), Key.Text("addressVariable")];

    public static readonly Shape ClusterJobs =
    [
        Key.Text("partition").Optional(),
        Key.NumberAbove("timeMinutes", 0, 525_600).Optional(),
        Key.Integer("memoryMegabytes", 1).Optional(),
        Key.Integer("gpus", 0, 64).Or(0),
        Key.Integer("cpus", 1, 4096).Or(1),
        Key.Texts("arguments").Optional(),
    ];

    public static readonly Shape Cluster =
    [
        Key.NumberAbove("pollSeconds", 0, 3600).Or(5),
        Key.Map("tensors", ClusterJobs).Optional(),
        Key.Map("exact", ClusterJobs).Optional(),
    ];

    public static readonly Shape CostDevice =
    [
        Key.Text("name"),
        Key.NumberAbove("trainingTflops", 0, Largest),
        Key.NumberAbove("generationTflops", 0, Largest),
        Key.Number("secondsPerTarget", 0, Largest).Or(0),
        Key.NumberAbove("rowsPerSecond", 0, Largest),
        Key.NumberAbove("memoryGb", 0, Largest).Optional(),
        Key.Number("pricePerHour", 0, Largest).Or(0),
    ];

    /// <summary>Fields of a config.json, of which none must be given.</summary>
    public static readonly Shape CostShape =
    [
        .. StudentShapes.Student.Select(key => key.Optional()),
        Key.Choice("model_type", ["llama", "qwen2"]).Optional(),
        Key.Integer("vocab_size", 1).Optional(),
    ];

    public static readonly Shape CostTokens =
    [
        Key.Number("prompt", 0, Largest),
        Key.Number("question", 0, Largest).Optional(),
        Key.Number("system2", 0, Largest),
        Key.Number("system1", 0, Largest),
        Key.Number("corpus", 0, Largest).Or(0),
        Key.Number("answer", 0, Largest),
        Key.Names("answers", Key.Number("a benchmark", 0, Largest)).Optional(),
        Key.Number("bytes", 0, Largest),
        Key.Number("difficultyShare", 0, 1).Or(0.64),
    ];

    public static readonly Shape CostCalls =
    [
        Key.Number("calls", 0, Largest),
        Key.Number("input", 0, Largest),
        Key.Number("output", 0, Largest),
        Key.Number("inputPrice", 0, Largest).Or(0),
        Key.Number("outputPrice", 0, Largest).Or(0),
    ];

    public static readonly Shape Costs =
    [
        Key.Map("device", CostDevice),
        Key.Map("shape", CostShape).Optional(),
        Key.Map("tokens", CostTokens),
        Key.Long("questions", 1).Optional(),
        Key.Names("calls", Key.Map("a stage", CostCalls)).Optional(),
    ];

    public static readonly Shape Profile =
    [
        Key.Text("extends").Optional(),
        Key.Text("name"),
        Key.Text("description"),
        Key.Text("seed").Optional(),
        Key.NumberAbove("timeLimitMinutes", 0, 100_000).Optional(),
        Key.Map("data", SourceShapes.Data),
        Key.Names("benchmarks"),
        Key.Text("checkpoint").Optional(),
        Key.Text("chatTemplate").Optional(),
        Key.Choice("specialTokensInText", [PlainTokens, ParsedTokens]).Or(PlainTokens),
        Key.Map("student", StudentShapes.Student),
        Key.Map("pretraining", StudentShapes.Pretraining),
        Key.Map("sft", StudentShapes.Sft),
        Key.Map("generation", StudentShapes.Generation),
        Key.Other("embedding"),
        Key.Map("clustering", StudentShapes.Clustering),
        Key.Names("targets").Optional(),
        Key.Names("methods"),
        Key.Integers("sizes", 1),
        Key.Integers("replicates", 1, TableShapes.LargestSeed),
        Key.Integers("baselineReplicates", 1, TableShapes.LargestSeed).Optional(),
        Key.Map("budget", Budget),
        Key.Names("prompts", Key.Text("a mode")),
        Key.Map("cluster", Cluster).Optional(),
        Key.Map("resume", Resume).Optional(),
        Key.Map("serve", Serve).Optional(),
        Key.Map("costs", Costs).Optional(),
        Key.Texts("tables").Optional(),
        Key.Number("instructionDropout", 0, 1).Or(0),
        Key.Map("modes", Modes).Optional(),
    ];
}
