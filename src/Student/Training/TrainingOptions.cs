using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;

namespace NaturalThoughts.Student.Training;

/// <summary>How a student is trained. Names and defaults are those of AdamW (arXiv 1711.05101) where it has them.</summary>
public sealed record TrainingOptions
{
    /// <summary>Peak learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Decoupled weight decay on every parameter; default 0.1.</summary>
    public double WeightDecay { get; init; } = 0.1;

    /// <summary>Decay of the first moment; default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the second moment; default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the second moment; default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Epochs: how often training sees each example; at least 1.</summary>
    public required int Epochs { get; init; }

    /// <summary>Tokens of a batch at most, padding included; a longer example is a batch of its own.</summary>
    public required int BatchTokens { get; init; }

    /// <summary>
    /// Tokens that are computed at once at most, padding included: a batch is cut into such parts, whose gradients are added up before the
    /// step. Null for the whole batch at once. The loss is the same: the sum over supervised tokens by their number in the whole batch.
    /// </summary>
    public int? MicroBatchTokens { get; init; }

    /// <summary>
    /// True when only the inputs of layers are kept for the backward pass, which computes the rest again; the gradient is the same. Default false.
    /// </summary>
    public bool ActivationCheckpointing { get; init; }

    /// <summary>
    /// Memory, in 10^9 bytes, for activations that are kept in spite of <see cref="ActivationCheckpointing"/>: the last layers, as many as it
    /// suffices for, are not computed again; the gradient is the same. Of <see cref="Shards"/>, each has as much. Default 0.
    /// </summary>
    public double ActivationMemoryGb { get; init; }

    /// <summary>One of <see cref="ModelWeights.Precision.OfWeights"/>; null for float32.</summary>
    public string? Precision { get; init; }

    /// <summary>One of <see cref="ModelWeights.Precision.OfMoments"/>; null for float32.</summary>
    public string? Moments { get; init; }

    /// <summary>
    /// Parts of a batch whose gradients are computed side by side and added up in order; default 1, and at least two where the kernels of the
    /// processor compute them. Part of the recipe: another number rounds otherwise, the number of threads does not.
    /// </summary>
    public int Shards { get; init; } = 1;

    /// <summary>Steps over which the learning rate rises linearly from 0; default 0.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>
    /// The learning rate after the warm-up: constant, or down to a tenth of the peak at the last step, along a line or half a period of a cosine.
    /// </summary>
    public static IReadOnlyList<string> Schedules { get; } = ["constant", "linear", "cosine"];

    /// <summary>One of <see cref="Schedules"/>.</summary>
    public string Schedule { get; init; } = "constant";

    /// <summary>Gradients of a larger norm are scaled down to it; 0 for no clipping.</summary>
    public double ClipNorm { get; init; }

    /// <summary>Examples with more tokens are dropped and counted, never cut.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Adapters that are trained in place of the weights; null for none.</summary>
    public LoraOptions? Lora { get; init; }

    /// <summary>The weights after the last step: a value of <see cref="Keep"/>.</summary>
    public const string LastStep = "last";

    /// <summary>The weights of the lowest loss on held-out examples, the earliest of several: a value of <see cref="Keep"/>.</summary>
    public const string Best = "best";

    /// <summary>Both values of <see cref="Keep"/>.</summary>
    public static IReadOnlyList<string> Kept { get; } = [LastStep, Best];

    /// <summary>
    /// The share of the questions whose examples are not trained on but measured, in [0, 1): drawn by the seed, see <see cref="Records.HeldOutDraw"/>. Default
    /// 0.
    /// </summary>
    public double HeldOut { get; init; }

    /// <summary>Steps between two measurements of the held-out loss, with one after the last step; null for one at the end of each epoch.</summary>
    public int? EvaluateEvery { get; init; }

    /// <summary>
    /// Which weights the student has in the end, one of <see cref="Kept"/>; default <see cref="LastStep"/>. <see cref="Best"/> needs held-out examples.
    /// </summary>
    public string Keep { get; init; } = LastStep;

    /// <summary>The learning rate of a step, counted from 0.</summary>
    public double RateAt(int step, int steps)
    {
        double rise = WarmupSteps > 0 ? Math.Min(1, (step + 1.0) / WarmupSteps) : 1;
        (int after, int falling) = (Math.Max(0, step - WarmupSteps), Math.Max(1, steps - WarmupSteps));
        double fall = Schedule switch
        {
            "linear" => 1 - (0.9 * after / falling),
            "cosine" => 0.55 + (0.45 * ScalarMath.SineAndCosine(Math.PI * after / falling).Cosine), // libm's would round otherwise elsewhere
            _ => 1,
        };
        return LearningRate * rise * fall;
    }

    /// <summary>All settings that make no sense.</summary>
    public IReadOnlyList<UserError> Check()
    {
        List<UserError> errors = [];
        void Require(bool holds, string name, object value, string hint)
        {
            if (!holds)
            {
                errors.Add(new UserError(FormattableString.Invariant($"{name} cannot be {value}."), "training." + name, hint));
            }
        }

        Require(LearningRate > 0 && double.IsFinite(LearningRate), "learningRate", LearningRate, "Give a positive number.");
        Require(WeightDecay >= 0, "weightDecay", WeightDecay, "Give 0 or a positive number.");
        Require(Beta1 is >= 0 and < 1, "beta1", Beta1, "Give a number in [0, 1).");
        Require(Beta2 is >= 0 and < 1, "beta2", Beta2, "Give a number in [0, 1).");
        Require(Epochs >= 1, "epochs", Epochs, "Give at least 1.");
        Require(BatchTokens >= 1, "batchTokens", BatchTokens, "Give at least 1.");
        Require(Shards >= 1, "shards", Shards, "Give at least 1.");
        Require(WarmupSteps >= 0, "warmupSteps", WarmupSteps, "Give 0 or more.");
        Require(ClipNorm >= 0, "clipNorm", ClipNorm, "Give 0 or a positive number.");
        Require(MaxTokens >= 2, "maxTokens", MaxTokens, "Give at least 2.");
        Require(Schedules.Contains(Schedule), "schedule", Schedule, $"Known: {string.Join(", ", Schedules)}.");
        Require(MicroBatchTokens is null or >= 1, "microBatchTokens", MicroBatchTokens ?? 0, "Give at least 1.");
        Require(ActivationMemoryGb >= 0 && double.IsFinite(ActivationMemoryGb), "activationMemoryGb", ActivationMemoryGb, "Give 0 or a positive number.");
        Require(
            ActivationMemoryGb == 0 || ActivationCheckpointing, "activationMemoryGb", ActivationMemoryGb,
            "It is for activationCheckpointing: true; without that, all is kept.");
        Require(
            Precision is null || ModelWeights.Precision.OfWeights.Contains(Precision), "precision", Precision ?? "",
            $"Known: {string.Join(", ", ModelWeights.Precision.OfWeights)}.");
        Require(
            Moments is null || ModelWeights.Precision.OfMoments.Contains(Moments), "moments", Moments ?? "",
            $"Known: {string.Join(", ", ModelWeights.Precision.OfMoments)}.");
        Require(HeldOut is >= 0 and < 1, "heldOut", HeldOut, "Give a share from 0 to below 1, such as 0.05.");
        Require(EvaluateEvery is null or >= 1, "evaluateEvery", EvaluateEvery ?? 0, "Give at least 1.");
        Require(EvaluateEvery is null || HeldOut > 0, "evaluateEvery", EvaluateEvery ?? 0, "Nothing is held out that could be measured: set heldOut.");
        Require(Kept.Contains(Keep), "keep", Keep, $"Known: {string.Join(", ", Kept)}.");
        Require(Keep != Best || HeldOut > 0, "keep", Keep, "Nothing is held out that could tell what is best: set heldOut.");
        errors.AddRange(Lora?.Check("training.lora") ?? []);
        return errors;
    }
}
