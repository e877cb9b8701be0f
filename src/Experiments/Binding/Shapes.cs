namespace NaturalThoughts.Experiments.Binding;

/// <summary>The keys of every map with fixed keys. The JSON Schemas for editors list the same.</summary>
internal static class Shapes
{
    public static readonly string[] Profile =
    [
        "extends", "name", "description", "seed", "timeLimitMinutes", "data", "benchmarks", "checkpoint", "chatTemplate", "specialTokensInText", "student", "pretraining", "sft", "generation", "embedding",
        "clustering", "targets", "methods", "sizes", "replicates", "baselineReplicates", "budget", "prompts", "cluster", "resume", "serve", "costs", "tables", "instructionDropout", "modes",
    ];

    public static readonly string[] QuestionFile = ["file", "sha256", "format", "entries", "map", "rows", "badRows", "confidential", "shuffled"];
    public static readonly string[] BenchmarkFile = [.. QuestionFile, "options", "protocol", "seeds", "phrasings"];
    public static readonly string[] BenchmarkDeclared = ["file", "protocol", "seeds", "phrasings"];
    public static readonly string[] Recorded = ["recorded"];
    public static readonly string[] RecordedAnswers = ["file", "sha256", "format", "entries", "map", "matchBy", "repeat", "filter", "badRows"];

    public static readonly string[] RecordedMap =
        ["id", "text", "options", "reference", "prompt", "output", "thinking", "tokens", "finish", "prediction", "correct", "repeat", "firstRepeat", "filter"];

    public static readonly string[] RecordedAnnotations = ["file", "sha256", "format", "entries", "map", "domains", "badRows"];
    public static readonly string[] AnnotationMap = ["id", "text", "domain", "strategies", "separator", "verbosity"];
    public static readonly string[] RecordedJudgements = ["file", "sha256", "format", "entries", "map", "badRows"];
    public static readonly string[] JudgementMap = ["id", "text", "agree"];

    public static readonly string[] Endpoint = ["endpoint", "model", "keyVariable", "addressVariable", "sampling", "limits", "prices", "system"];
    public static readonly string[] EndpointTeacher = [.. Endpoint, "prompt", "sample", "shards"];
    public static readonly string[] EndpointAnnotator = [.. Endpoint, "tasks", "domains", "structured", "repairs", "vocabulary", "keepUnmatched", "shards"];
    public static readonly string[] EndpointJudge = [.. Endpoint, "prompt", "structured", "repairs", "agreeWhenUndecided", "shards"];
    public static readonly string[] EndpointTask = ["prompt", "fields"];
    public static readonly string[] EndpointSampling = ["temperature", "topP", "maxTokens", "seed", "stop", "extra"];

    public static readonly string[] EndpointLimits =
    [
        "startConcurrency", "maxConcurrency", "requestsPerMinute", "tokensPerMinute", "retries", "busyRetries", "backoff", "maxBackoff", "firstByteTimeout", "idleTimeout",
        "attemptTimeout", "maxReplyBytes", "stream", "tokenLimitField", "maxUnanswered",
    ];

    public static readonly string[] EndpointPrices = ["inputPerMillion", "outputPerMillion"];

    public static readonly string[] Data = ["questions", "clean", "teacher", "second", "annotator", "secondAnnotator", "agreement"];
    public static readonly string[] Clean = ["duplicates", "similarity", "shingleWords", "coverage", "maskNumbers", "minWords", "maxWords", "minLatinShare", "languages", "decontaminate"];
    public static readonly string[] Questions = ["world", .. QuestionFile];
    public static readonly string[] WorldQuestions = ["seed", "count", "levels", "strategies"];
    public static readonly string[] Benchmark = ["world", .. BenchmarkFile];
    public static readonly string[] BenchmarkOfWorld = ["world", "protocol", "seeds", "phrasings"];
    public static readonly string[] WorldBenchmark = ["seed", "count", "options", "levels"];
    public static readonly string[] Corpus = ["world"];
    public static readonly string[] WorldCorpus = ["seed", "count", "levels"];

    public static readonly string[] Student =
    [
        "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads", "head_dim", "max_position_embeddings",
        "rope_theta", "rms_norm_eps", "tie_word_embeddings", "initializer_range",
    ];

    public static readonly string[] Training =
    [
        "learningRate", "weightDecay", "schedule", "warmupSteps", "clipNorm", "beta2", "shards", "batchTokens", "microBatchTokens", "maxTokens", "epochs",
        "precision", "moments", "activationCheckpointing", "activationMemoryGb", "heldOut", "evaluateEvery", "keep",
    ];
    public static readonly string[] Pretraining = [.. Training, "corpus", "tokenizer"];
    public static readonly string[] Sft = [.. Training, "lora"];
    public static readonly string[] Lora = ["rank", "alpha", "targets"];
    public static readonly string[] Generation = ["temperature", "topP", "maxNewTokens", "batch", "precision"];
    public static readonly string[] Embedding = [SourceKeys.BatchTokens, "precision"];
    public static readonly string[] EmbeddingModel = [SourceKeys.Endpoint, "model", "keyVariable", "addressVariable", "limits", "prices", "batch", "dimensions", "encoding", "shards"];
    public static readonly string[] Clustering = ["minClusterSize", "minSamples", "method"];

    public static readonly string[] Method =
        ["method", "noise", "minStrategies", "maxStrategies", "minPerThousandTokens", "lowDensityKeep", "c", "tau", "min", "max", "maxCharacters"];

    public static readonly string[] Budget = ["pretrainingTokens", "sftTokens", "generationTokens"];

    public static readonly string[] Costs = ["device", "shape", "tokens", "questions", "calls"];
    public static readonly string[] CostDevice = ["name", "trainingTflops", "generationTflops", "secondsPerTarget", "rowsPerSecond", "memoryGb", "pricePerHour"];
    public static readonly string[] CostShape = [.. Student, "model_type", "vocab_size"];
    public static readonly string[] CostTokens = ["prompt", "question", "system2", "system1", "corpus", "answer", "answers", "bytes", "difficultyShare"];
    public static readonly string[] CostCalls = ["calls", "input", "output", "inputPrice", "outputPrice"];

    public static readonly string[] Modes = ["scale", "budgets", "easy", "hard", "closed", "answerTokens"];

    public static readonly string[] Resume = ["everyMinutes", "keep"];

    public static readonly string[] Serve = ["world", "faults", "addressVariable"];

    public static readonly string[] Cluster = ["pollSeconds", "tensors", "exact"];
    public static readonly string[] ClusterJobs = ["partition", "timeMinutes", "memoryMegabytes", "gpus", "cpus", "arguments"];

    public static readonly string[] Table =
        ["name", "kind", "title", "description", "profiles", "baseline", "class", "benchmarks", "only", "questions", "replicates", "baselineReplicates", "family", "columns", "notes", "rows", "proxies", "protocols", "paper", "instructionDropout"];

    public static readonly string[] Family = ["name", "over"];
    public static readonly string[] Proxies = ["by", "targets", "signals"];
    public static readonly string[] Signal = [.. Reporting.Proxies.ProxyKind.Known];

    public static readonly string[] Row =
        [.. Endpoint, "base", "recorded", "replicates", "repeats", "methods", "except", "label", "sizes", "mix", "mode", "permuteAnnotations", "seedOffset", "baseline", "calibration",
        "corrupt", "correctOnly", "share", "exceptDomain", "levels", "annotationNoise", "match", "matchWith", "matchMix", "epochs", "expect"];

    public static readonly string[] Findings = ["title", "description", "profiles", "class", "level", "correction", "endpoints", "notes", "controls", "findings"];

    public static readonly string[] Finding =
        ["id", "statement", "paper", "seen", "family", "contrast", "as", "measure", "endpoint", "levels", "direction", "reference", "smallest", "seeds"];

    public static readonly string[] FindingLevels = ["plus", "minus"];

    public static readonly string[] Paper = ["title", "columns", "of", "rows"];
    public static readonly string[] PaperRow = ["row", "values", "cell"];
}
