using NaturalThoughts.Selection;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Training;
using NaturalThoughts.Teaching;

namespace NaturalThoughts.Experiments.Keys;

/// <summary>The keys of a student: its shape, how it is trained, how it answers and embeds, and by what its examples are selected.</summary>
internal static class StudentShapes
{
    /// <summary>Fields of a Hugging Face config.json.</summary>
    public static readonly Shape Student =
    [
        Key.Integer("hidden_size", 1, 65_536),
        Key.Integer("intermediate_size", 1, 1 << 20),
        Key.Integer("num_hidden_layers", 1, 1024),
        Key.Integer("num_attention_heads", 1, 4096),
        Key.Integer("num_key_value_heads", 1, 4096),
        Key.Integer("head_dim", 1, 65_536).Optional(),
        Key.Integer("max_position_embeddings", 1, 1 << 24),
        Key.NumberAbove("rope_theta", 0, 1e12),
        Key.NumberAbove("rms_norm_eps", 0, 1),
        Key.Flag("tie_word_embeddings").ByStage(false),
        Key.NumberAbove("initializer_range", 0, 10).ByStage(0.02),
    ];

    /// <summary>What any training has; the parameters of a stage are made of these keys.</summary>
    public static readonly Shape Training =
    [
        Key.NumberAbove("learningRate", 0, 10),
        Key.Number("weightDecay", 0, 10),
        Key.Choice("schedule", TrainingOptions.Schedules),
        Key.Integer("warmupSteps", 0).Or(0),
        Key.Number("clipNorm", 0, 1e6).Or(0),
        Key.NumberBelow("beta2", 0, 1).ByStage(0.999),
        Key.Integer("shards", 1, 64).UnlessStages(1),
        Key.Integer("batchTokens", 1),
        Key.Integer("microBatchTokens", 1).Optional(),
        Key.Integer("maxTokens", 2),
        Key.Choice("precision", Precision.OfWeights).Optional(),
        Key.Choice("moments", Precision.OfMoments).Optional(),
        Key.Flag("activationCheckpointing").UnlessStages(false),
        Key.Number("activationMemoryGb", 0, 1e6).ByStage(0),
        Key.NumberBelow("heldOut", 0, 1).UnlessStages(0),
        Key.Integer("evaluateEvery", 1).Optional(),
        Key.Choice("keep", TrainingOptions.Kept).UnlessStages(TrainingOptions.LastStep),
    ];

    public static readonly Shape WorldCorpus =
    [
        Key.Text("seed").Optional(),
        Key.Integer("count", 1, 10_000_000),
        Key.Integer("levels", 1, Data.WorldSource.Levels).Optional(),
    ];

    public static readonly Shape Corpus = [Key.Map(SourceKeys.World, WorldCorpus)];
    public static readonly Shape Pretraining = [.. Training, Epochs("epochs"), Key.Map("corpus", Corpus), Key.Choice("tokenizer", [SourceKeys.World])];
    public static readonly Shape Lora = [Key.Integer("rank", 1, 65_536), Key.NumberAbove("alpha", 0, 1e6), Key.Texts("targets", LoraOptions.Modules)];
    public static readonly Shape Sft = [.. Training, Key.Names("epochs", Epochs("a size")), Key.Map("lora", Lora).Optional()];

    public static readonly Shape Generation =
    [
        Key.Number("temperature", 0, 10),
        Key.NumberAbove("topP", 0, 1),
        Key.Integer("maxNewTokens", 1),
        Key.Integer("batch", 1, 65_536),
        Key.Choice("precision", Precision.OfInference).Optional(),
    ];

    public static readonly Shape Embedding = [Key.Integer(SourceKeys.BatchTokens, 1), Key.Choice("precision", Precision.OfInference).Optional()];

    public static readonly Shape EmbeddingModel =
    [
        .. EndpointShapes.Caller,
        Key.Integer("batch", 1, EmbedModelOptions.MostTexts).ByStage(64),
        Key.Integer("dimensions", 1, 1_000_000).Optional(),
        Key.Choice("encoding", [EmbedModelOptions.Float, EmbedModelOptions.Base64]).ByStage(EmbedModelOptions.Float),
        EndpointShapes.Shards,
    ];

    public static readonly Shape Clustering =
    [
        Key.Integer("minClusterSize", 2),
        Key.Integer("minSamples", 1).Optional(),
        Key.Choice("method", [ClusterOptions.ExcessOfMass, ClusterOptions.Leaf]),
    ];

    /// <summary>The settings of the methods that have some.</summary>
    public static readonly IReadOnlyDictionary<string, Shape> Methods = new Dictionary<string, Shape>(StringComparer.Ordinal)
    {
        [SelectionMethod.SemanticEmbeddings] = [Key.Choice("noise", [NoisePolicy.Exclude, NoisePolicy.Cluster])],
        [SelectionMethod.ReasoningStrategies] =
        [
            Key.Integer("minStrategies", 0),
            Key.Integer("maxStrategies", 0),
            Key.Number("minPerThousandTokens", 0, 1000),
            Key.Number("lowDensityKeep", 0, 1),
        ],
        [SelectionMethod.LongReasoning] = [Key.Integer("c", 1), Key.Number("tau", 1, 3)],
        [SelectionMethod.Verbosity] = [Key.Integer("min", 0, 10), Key.Integer("max", 0, 10)],
        [SelectionMethod.ShortReference] = [Key.Integer("maxCharacters", 1)],
    };

    /// <summary>All settings of all methods.</summary>
    public static readonly Shape Method = [Key.Choice("method", SelectionMethod.Names).Optional(), .. Methods.Values.SelectMany(settings => settings)];

    /// <summary>Epochs: how often training sees each example.</summary>
    public static Key Epochs(string name) => Key.Integer(name, 1, 100_000);

    /// <summary>The keys of a row with a method.</summary>
    public static Shape RowOf(string method) => [Method["method"], .. Methods.TryGetValue(method, out Shape? settings) ? settings : []];
}
