using System.Text.Json.Nodes;
using NaturalThoughts.Experiments.Costs;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Pipeline.Slurm;
using NaturalThoughts.Selection;
using NaturalThoughts.Student.ModelWeights;

namespace NaturalThoughts.Experiments;

/// <summary>What all tables of a run share: the data, the benchmarks, the student, the recipe. One YAML file in experiments/profiles.</summary>
public sealed record Profile
{
    /// <summary>The name, equal to that of the file.</summary>
    public required string Name { get; init; }

    /// <summary>What the profile is for, in one sentence.</summary>
    public required string Description { get; init; }

    /// <summary>The stem of every seed but the world's; the profile's name unless given. Profiles with the same seed share equal work.</summary>
    public required string Seed { get; init; }

    /// <summary>Where the records come from that students are trained on.</summary>
    public required DataSettings Data { get; init; }

    /// <summary>The held-out benchmarks, in the order of the file.</summary>
    public required IReadOnlyList<BenchmarkSettings> Benchmarks { get; init; }

    /// <summary>A folder in Hugging Face layout that holds the base student; null where <see cref="Pretraining"/> makes it.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>The text of a chat template that takes the place of the checkpoint's own; null for none.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>True when special tokens inside questions and traces are parsed, as Transformers does, and not plain text.</summary>
    public bool ParsesSpecialTokens { get; init; }

    /// <summary>
    /// Fields of the student's config.json by their Hugging Face names; those that follow from the tokenizer are left out. Null with a checkpoint.
    /// </summary>
    public JsonObject? Student { get; init; }

    /// <summary>How the base student is trained; null with a checkpoint.</summary>
    public PretrainingSettings? Pretraining { get; init; }

    /// <summary>How a student is fine-tuned; the epochs follow from the size.</summary>
    public required TrainingSettings Sft { get; init; }

    /// <summary>Selection size to epochs of fine-tuning.</summary>
    public required IReadOnlyDictionary<int, int> SftEpochs { get; init; }

    /// <summary>How answers are generated.</summary>
    public required GenerationSettings Generation { get; init; }

    /// <summary>Tokens of a batch when the student embeds questions, which never changes a result; null where <see cref="EmbeddingModel"/> does.</summary>
    public int? EmbeddingBatchTokens { get; init; }

    /// <summary>One of <see cref="Student.ModelWeights.Precision.OfInference"/>; null for float32.</summary>
    public string? EmbeddingPrecision { get; init; }

    /// <summary>Whether any student is trained or asked in half precision, which torch's operations compute: their bits are those of one machine.</summary>
    public bool InHalfPrecision =>
        new[]
        {
            Pretraining?.Training.Options.Precision, Pretraining?.Training.Options.Moments, Sft.Options.Precision, Sft.Options.Moments, Generation.Precision,
            EmbeddingPrecision,
        }
        .Any(precision => precision is not (null or Precision.Float32));

    /// <summary>The model behind an endpoint that embeds questions; null where the base student does.</summary>
    public RecordSource? EmbeddingModel { get; init; }

    /// <summary>How questions are clustered.</summary>
    public required ClusterOptions Clustering { get; init; }

    /// <summary>Small sets of questions of the benchmarks' kind, none of which a benchmark asks, that <c>RDSPlus</c> selects near to; empty for none.</summary>
    public IReadOnlyList<BenchmarkSettings> SelectionTargets { get; init; } = [];

    /// <summary>The selection methods that rows may name, in the order of the file.</summary>
    public required IReadOnlyList<MethodSettings> Methods { get; init; }

    /// <summary>Selection sizes, ascending.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    /// <summary>Seeds of the replicates, in the order of the file.</summary>
    public required IReadOnlyList<int> Replicates { get; init; }

    /// <summary>Seeds of the replicates of students that others are compared with; null for those of all.</summary>
    public IReadOnlyList<int>? BaselineReplicates { get; init; }

    /// <summary>What a run may cost at most.</summary>
    public required TokenBudget Budget { get; init; }

    /// <summary>Mode (<c>think</c>, <c>direct</c> and any others) to prompt template, in ordinal order.</summary>
    public required IReadOnlyDictionary<string, string> Prompts { get; init; }

    /// <summary>Share of training examples, in [0, 1], that do not say whether to think; what a table says goes before.</summary>
    public double InstructionDropout { get; init; }

    /// <summary>What tables that compare modes of thinking measure by; null where none does.</summary>
    public ModeSettings? Modes { get; init; }

    /// <summary>How long any one target may take; null for no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Time between two checkpoints of a training, from which it goes on after a kill; 0 for one after every step. Never changes a result.</summary>
    public required TimeSpan CheckpointInterval { get; init; }

    /// <summary>Checkpoints that a training keeps.</summary>
    public required int KeptCheckpoints { get; init; }

    /// <summary>Models that a run serves to itself; null for none.</summary>
    public ServeSettings? Serve { get; init; }

    /// <summary>What <c>--dryrun</c> predicts with; null for no prediction. Part of no key.</summary>
    public CostSettings? Costs { get; init; }

    /// <summary>Which tables it has: <c>paper</c> for those like <c>tables/Scaling.paper.yaml</c>; empty for those like <c>tables/Table1.yaml</c>.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>What jobs ask a cluster for.</summary>
    public SlurmSettings Cluster { get; init; } = new();
}
