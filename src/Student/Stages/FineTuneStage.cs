using NaturalThoughts.Checkpoints;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Student.Stages;

/// <summary>Supervised fine-tuning of a checkpoint on a training set, the questions masked.</summary>
public sealed class FineTuneStage : IStage
{
    private sealed record Options(TrainingOptions Training, string Seed, SpecialTokensInText SpecialTokensInText = SpecialTokensInText.Plain);

    /// <inheritdoc />
    public StageDescription Description { get; } = new("fine-tune", ["checkpoint", "training"], TrainingRun.Outputs) { UsesTensors = true };

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        Options options = context.Options<Options>();
        TorchSetup.Prepare(context);
        using LlamaModel model = CheckpointFiles.Load(context.Input("checkpoint"), TorchSetup.Place(context, options.Training));
        return TrainingRun.Run(context, model, options.Training, options.Seed, context.Input("training"), context.Input("checkpoint"), options.SpecialTokensInText);
    }
}
