using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.MiniWorld;
using NaturalThoughts.Selection;
using NaturalThoughts.Sources.Cleaning;
using NaturalThoughts.Sources.Prompting;
using NaturalThoughts.Sources.Questions;
using NaturalThoughts.Sources.Recorded;
using NaturalThoughts.Student.Generation;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Stages;
using NaturalThoughts.Student.Training;
using NaturalThoughts.Teaching;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Running;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>Which keys set which options.</summary>
internal static class OptionRows
{
    private const string Slip = "a larger value is a slip of the keyboard, which is better found before a run";
    private const string Planned = "the plan gives it";
    private const string Stage = "the stage refuses it when it runs";
    private const string Bound = "a map or list, whose parts have rows of their own or are checked where they are bound";
    private const string File = "the text of a file that YAML names";
    private const string Endpoint = """{"url": "http://localhost:8000/v1", "model": "m"}""";
    private const string Digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Source = $$"""{"files": {"a.jsonl": "{{Digest}}"}, "format": "jsonl"}""";
    private const string Random = """{"method": "Random", "size": 1, "seed": ""}""";

    public static IReadOnlyList<OptionRow> All { get; } =
    [
        new(
            typeof(TrainingOptions),
            """{"learningRate": 1, "epochs": 1, "batchTokens": 8, "maxTokens": 8}""",
            "",
            [.. StudentShapes.Training, StudentShapes.Epochs("epochs")],
            Read<TrainingOptions>(options => options.Check()))
        {
            Over = """{"activationCheckpointing": true, "heldOut": 0.5}""",
            Unreached = Reasons(
                ("beta1", "nobody has varied it, and the default is the papers'"), ("epsilon", "nobody has varied it, and the default is the papers'"),
                ("lora", Bound)),
            Narrower = Reasons(
                ("learningRate", Slip), ("weightDecay", Slip), ("clipNorm", Slip), ("shards", Slip), ("activationMemoryGb", Slip), ("epochs", Slip)),
        },
        new(
            typeof(LoraOptions),
            """{"rank": 1, "alpha": 1, "targets": ["q_proj"]}""",
            "",
            [.. StudentShapes.Lora],
            Read<LoraOptions>(options => options.Check("lora")))
        {
            Narrower = Reasons(("rank", Slip), ("alpha", Slip)),
        },
        new(
            typeof(GenerationOptions),
            """{"temperature": 1, "topP": 1, "maxNewTokens": 1, "seed": ""}""",
            "",
            [.. StudentShapes.Generation],
            Read<GenerationOptions>(options => options.Check()))
        {
            Unreached = Reasons(("seed", Planned), ("specialTokensInText", "a key of the profile, for all stages of a student")),
            Unchecked = Reasons(("precision", Stage)),
            Narrower = Reasons(("temperature", Slip), ("batch", Slip)),
        },
        new(
            typeof(CloseThinkingOptions),
            """{"generation": {"temperature": 1, "topP": 1, "maxNewTokens": 1, "seed": ""}, "budgets": [1]}""",
            "",
            [ProfileShapes.Modes["closed"]],
            Read<CloseThinkingOptions>(options => options.Check()))
        {
            Renamed = Reasons(("closed", "budgets")),
            Unreached = Reasons(("generation", Bound)),
        },
        new(
            typeof(ModelConfig),
            """{"hidden_size": 8, "intermediate_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1, "vocab_size": 1}""",
            "",
            [.. StudentShapes.Student],
            ReadConfig)
        {
            Over = """{"num_key_value_heads": 1, "head_dim": 2}""",
            Unchecked = Reasons(
                ("num_attention_heads", "with the width of a head"), ("num_key_value_heads", "with the query heads"),
                ("head_dim", "with the query heads: it is even")),
            Unreached = Reasons(
                ("family", "a student that is made here is Llama"), ("dtype", "what the training's precision leaves"), ("vocabSize", "the tokenizer's"),
                ("ropeScaling", "of checkpoints alone"),
                ("attentionBias", "of checkpoints alone"), ("mlpBias", "of checkpoints alone"), ("bosTokenId", "the tokenizer's"),
                ("eosTokenIds", "the tokenizer's"), ("padTokenId", "the tokenizer's")),
            Narrower = StudentShapes.Student.Where(key => key.Kind != KeyKind.Flag).ToDictionary(key => key.Name, _ => Slip),
        },
        new(
            typeof(SelectOptions),
            Random,
            "",
            [.. Of(TableShapes.Row, "permuteAnnotations", "correctOnly", "share", "exceptDomain", "levels", "annotationNoise")],
            Read<SelectOptions>(options => options.Validate()))
        {
            Unreached = Reasons(
                ("method", "the method of a row, by name"), ("size", "a size of the profile"), ("seed", Planned), ("match", Bound),
                ("semanticEmbeddings", Bound), ("reasoningStrategies", Bound),
                ("longReasoning", Bound), ("verbosity", Bound), ("shortReference", Bound)),
            Unchecked = Reasons(("levels", "levels are what the source calls them: any text")),
            Narrower = Reasons(("annotationNoise", "0 is what leaving it out says, and the row would have another address")),
        },
        Method<SemanticEmbeddingsOptions>(SelectionMethod.SemanticEmbeddings, """{"noise": "exclude"}"""),
        Method<ReasoningStrategiesOptions>(
            SelectionMethod.ReasoningStrategies, """{"minStrategies": 0, "maxStrategies": 2147483647, "minPerThousandTokens": 0, "lowDensityKeep": 0}""") with
        {
            Narrower = Reasons(("minPerThousandTokens", "no trace has more strategies than tokens")),
        },
        Method<LongReasoningOptions>(SelectionMethod.LongReasoning, """{"c": 1, "tau": 1}"""),
        Method<VerbosityOptions>(SelectionMethod.Verbosity, """{"min": 0, "max": 10}"""),
        Method<ShortReferenceOptions>(SelectionMethod.ShortReference, """{"maxCharacters": 1}"""),
        new(
            typeof(MatchOptions),
            $$"""{"method": "Random", "size": 1, "seed": "", "match": {"by": "tokens", "with": {{Random}}, "mix": "System2", "epochs": 1, "batchTokens": 8, "trainingSeed": ""} }""",
            "match",
            [TableShapes.Row["match"], TableShapes.Row["epochs"], StudentShapes.Training["batchTokens"], StudentShapes.Training["heldOut"],
                ProfileShapes.Profile["instructionDropout"]],
            Read<SelectOptions>(options => options.Validate()))
        {
            Renamed = Reasons(("match", "by")),
            Unreached = Reasons(
                ("with", "the method of matchWith"), ("mix", "the mix of the row"), ("withMix", "matchMix, or what the mix says"), ("trainingSeed", Planned)),
            Narrower = Reasons(("epochs", Slip)),
        },
        new(
            typeof(ComposeOptions),
            """{"mix": "System2", "seed": "", "think": "{question}", "direct": "{question}"}""",
            "",
            [ProfileShapes.Profile["instructionDropout"], TableShapes.Row["corrupt"]],
            Read<ComposeOptions>(options => options.Validate()))
        {
            Over = """{"adaptive": "{question}"}""",
            Unreached = Reasons(("mix", "the mix of a row"), ("seed", Planned), ("think", File), ("direct", File), ("adaptive", File)),
            Unchecked = Reasons(("corrupt", Stage)),
        },
        new(
            typeof(ClusterOptions),
            """{"minClusterSize": 2, "method": "eom"}""",
            "",
            [.. StudentShapes.Clustering],
            Read<ClusterOptions>(options => options.Validate())),
        new(
            typeof(CleanOptions),
            "{}",
            "",
            [.. SourceShapes.Clean.Where(key => key.Name != "decontaminate")],
            Read<CleanOptions>(options => options.Validate()))
        {
            Unreached = Reasons(("grams", Planned)),
            Narrower = Reasons(("shingleWords", Slip)),
        },
        new(
            typeof(EndpointOptions),
            Endpoint,
            "",
            [.. EndpointShapes.Caller.Where(key => key.Kind == KeyKind.Text)],
            Read<EndpointOptions>(options => options.Validate()))
        {
            Renamed = Reasons(("endpoint", "url")),
            Unreached = Reasons(("sampling", Bound), ("limits", Bound), ("prices", Bound)),
        },
        Called<SamplingOptions>("sampling", EndpointShapes.Sampling) with
        {
            Unchecked = Reasons(("seed", "the server knows")),
            Unreached = Reasons(("extra", Bound)),
            Narrower = Reasons(("maxTokens", Slip)),
        },
        Called<CallLimits>("limits", EndpointShapes.Limits) with { Over = """{"startConcurrency": 1, "maxConcurrency": 10000}""" },
        Called<CallPrices>("prices", EndpointShapes.Prices) with { Narrower = Reasons(("inputPerMillion", Slip), ("outputPerMillion", Slip)) },
        new(typeof(ShardOptions), "{}", "", [EndpointShapes.Shards], Read<ShardOptions>(options => options.Validate()))
        {
            Renamed = Reasons(("shards", "count")),
            Unreached = Reasons(("index", Planned)),
            Narrower = Reasons(("shards", Slip)),
        },
        new(
            typeof(TeachOptions),
            $$"""{"endpoint": {{Endpoint}}, "prompt": "{question}"}""",
            "",
            [EndpointShapes.Teacher["sample"]],
            Read<TeachOptions>(options => options.Validate()))
        {
            Unreached = Reasons(("endpoint", Bound), ("prompt", File), ("system", File), ("shard", Planned)),
            Unchecked = Reasons(("sample", "any number names a reply")),
        },
        new(
            typeof(AnswerOptions),
            $$"""{"endpoint": {{Endpoint}}}""",
            "",
            [EndpointShapes.Teacher["sample"]],
            Read<AnswerOptions>(options => options.Validate()))
        {
            Unreached = Reasons(("endpoint", Bound), ("system", File), ("shard", Planned)),
            Unchecked = Reasons(("sample", "any number names a reply")),
        },
        new(
            typeof(AnnotateOptions),
            $$"""{"endpoint": {{Endpoint}}, "tasks": [{"prompt": "{thinking}", "fields": ["domain", "strategies", "verbosity"]}]}""",
            "",
            [.. Of(EndpointShapes.Annotator, "structured", "repairs")],
            Read<AnnotateOptions>(options => options.Validate()))
        {
            Unreached = Reasons(("endpoint", Bound), ("tasks", Bound), ("system", File), ("shard", Planned), ("domains", "a list, by default the paper's 13")),
        },
        new(
            typeof(JudgeModelOptions),
            $$"""{"endpoint": {{Endpoint}}, "prompt": "{first} {second}"}""",
            "",
            [.. Of(EndpointShapes.Judge, "structured", "repairs", "agreeWhenUndecided")],
            Read<JudgeModelOptions>(options => options.Validate()))
        {
            Unreached = Reasons(("endpoint", Bound), ("prompt", File), ("system", File), ("shard", Planned)),
        },
        new(
            typeof(EmbedModelOptions),
            $$"""{"endpoint": {{Endpoint}}}""",
            "",
            [.. Of(StudentShapes.EmbeddingModel, "batch", "dimensions", "encoding")],
            Read<EmbedModelOptions>(options => options.Validate()))
        {
            Unreached = Reasons(("endpoint", Bound), ("shard", Planned)),
            Narrower = Reasons(("dimensions", Slip)),
        },
        new(
            typeof(MergeStrategiesOptions),
            """{"vocabulary": {}}""",
            "",
            [EndpointShapes.Annotator["keepUnmatched"]],
            Read<MergeStrategiesOptions>(options => options.Validate()))
        {
            Unreached = Reasons(("vocabulary", File)),
        },
        new(
            typeof(ImportQuestionsOptions),
            $$"""{"source": {{Source}}, "map": {"text": "q", "reference": {"field": "a"} } }""",
            "",
            [.. Of(SourceShapes.BenchmarkFile, "rows", "badRows", "confidential", "shuffled")],
            Read<ImportQuestionsOptions>(options => options.Validate()))
        {
            Unreached = Reasons(("source", Bound), ("map", Bound)),
            Unchecked = Reasons(("rows", Stage)),
        },
        new(
            typeof(ImportAnswersOptions),
            $$"""{"source": {{Source}}, "map": {"id": ["a"], "output": ["b"]} }""",
            "",
            [.. Of(SourceShapes.RecordedAnswers, "matchBy", "repeat", "filter", "badRows")],
            Read<ImportAnswersOptions>(options => options.Validate()))
        {
            Unreached = Reasons(("source", Bound), ("map", Bound), ("format", "what a row's format is among those of recorded answers")),
        },
        new(
            typeof(SignalOptions),
            $$"""{"source": {{Source}}, "map": {"text": "q"} }""",
            "",
            [.. Of(SourceShapes.RecordedAnnotations, "badRows")],
            Read<SignalOptions>(_ => []))
        {
            Unreached = Reasons(("source", Bound), ("map", Bound), ("domains", "a list, by default of any domains")),
            Unchecked = Reasons(("badRows", Stage)),
        },
        new(
            typeof(FewShotOptions),
            """{"template": "{question} {examples}", "example": "{question}", "count": 1}""",
            "",
            [.. Of(BenchmarkShapes.FewShot, "count", "by", "optionLine", "solutionPrefix")],
            Read<FewShotOptions>(options => options.Validate()))
        {
            Unreached = Reasons(("template", File), ("example", File), ("solution", "a benchmark's map calls it so")),
            Narrower = Reasons(("count", Slip)),
        },
        World<WorldPoolOptions>("""{"seed": "", "count": 1}""", [.. Of(SourceShapes.WorldQuestions, "seed", "count", "levels")]),
        World<WorldTeachOptions>("""{"seed": ""}""", [.. Of(SourceShapes.WorldQuestions, "seed", "strategies")]),
        World<WorldBenchmarkOptions>("""{"seed": "", "count": 1, "benchmark": "Hard"}""", [.. Of(SourceShapes.WorldBenchmark, "seed", "count", "levels")]) with
        {
            Unreached = Reasons(("benchmark", "the benchmark's name")),
        },
        World<WorldCorpusOptions>("""{"seed": "", "count": 1, "think": "", "direct": ""}""", [.. Of(StudentShapes.WorldCorpus, "seed", "count")]) with
        {
            Unreached = Reasons(("levels", "by default those of the questions"), ("think", File), ("direct", File)),
        },
    ];

    /// <summary>Options without a key that sets one of them, each with the reason.</summary>
    public static IReadOnlyDictionary<string, string> Without { get; } = Reasons(
        (nameof(Sources.Reading.SourceOptions), Bound),
        (nameof(Sources.Runs.RunOptions), "of a comparison's command line"),
        (nameof(NaturalReasoningOptions), Planned),
        (nameof(ShuffleOptionsOptions), Planned),
        (nameof(JoinShardsOptions), Planned),
        (nameof(PretrainOptions), "the student, a recipe of training, and a seed"),
        (nameof(FineTuneOptions), "a recipe of training, and what the plan gives"),
        (nameof(EmbedOptions), Planned),
        (nameof(WorldAnnotateOptions), "it has none"),
        (nameof(WorldSolveOptions), "it has none"),
        (nameof(WorldTokenizerOptions), "the prompts, and the seed of the corpus"),
        (nameof(Selection.Hdbscan.HdbscanOptions), "those of the clustering, once more"));

    private static OptionRow Method<T>(string method, string settings)
    {
        string part = char.ToLowerInvariant(method[0]) + method[1..];
        string parameters = $$"""{"method": "{{method}}", "size": 1, "seed": "", "{{part}}": {{settings}}}""";
        return new(typeof(T), parameters, part, [.. StudentShapes.Methods[method]], Read<SelectOptions>(options => options.Validate()));
    }

    private static OptionRow Called<T>(string part, Shape shape) =>
        new(typeof(T), Endpoint, part, [.. shape.Where(key => key.Kind != KeyKind.Other)], Read<EndpointOptions>(options => options.Validate()));

    private static OptionRow World<T>(string parameters, IReadOnlyList<Key> keys)
        where T : notnull => new(typeof(T), parameters, "", keys, Read<T>(_ => []))
        {
            Unchecked = keys.ToDictionary(key => key.Name, _ => Stage),
        };

    private static IEnumerable<Key> Of(Shape shape, params string[] names) => names.Select(name => shape[name]);

    private static Dictionary<string, string> Reasons(params (string Name, string Reason)[] reasons) =>
        reasons.ToDictionary(reason => reason.Name, reason => reason.Reason);

    private static Func<JsonObject, (object, IEnumerable<UserError>)> Read<T>(Func<T, IEnumerable<UserError>> check)
        where T : notnull => parameters =>
        {
            T options = StageParameters.Read<T>(parameters);
            return (options, check(options));
        };

    private static (object, IEnumerable<UserError>) ReadConfig(JsonObject parameters)
    {
        try
        {
            return (ModelConfig.FromJson(parameters, "student"), []);
        }
        catch (UserErrorException e)
        {
            return ("", e.Errors);
        }
    }
}
