using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Student.Stages;

/// <summary>Supervised fine-tuning of a checkpoint on a training set, the questions masked.</summary>
public sealed class FineTuneStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "fine-tune";

    /// <summary>The role of the student's folder.</summary>
    public const string CheckpointRole = "checkpoint";

    /// <summary>The role of the training set.</summary>
    public const string TrainingRole = "training";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [CheckpointRole, TrainingRole], TrainingRun.Outputs) { UsesTensors = true };

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        FineTuneOptions options = context.Options<FineTuneOptions>();
        TorchSetup.Prepare(context);
        using LlamaModel model = CheckpointFiles.Load(context.Input(CheckpointRole), TorchSetup.Place(context, options.Training));
        return TrainingRun.Run(
            context, model, options.Training, options.Seed, context.Input(TrainingRole), context.Input(CheckpointRole), options.SpecialTokensInText);
    }
}
