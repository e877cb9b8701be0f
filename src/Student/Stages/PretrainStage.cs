using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Student.Stages;

/// <summary>Trains a student from scratch on a corpus.</summary>
public sealed class PretrainStage : IStage
{
    private sealed record Options(JsonObject Student, TrainingOptions Training, string Seed);

    /// <inheritdoc />
    public StageDescription Description { get; } = new("pretrain", ["corpus", "tokenizer"], TrainingRun.Outputs) { UsesTensors = true };

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        Options options = context.Options<Options>();
        TorchSetup.Prepare(context);
        Tokenizer tokenizer = Tokenizer.Load(context.Input("tokenizer"));
        ChatFormat chat = ChatFormat.Load(context.Input("tokenizer"), tokenizer);
        JsonObject fields = options.Student.DeepClone().AsObject();
        fields["vocab_size"] = tokenizer.VocabularySize;
        fields["bos_token_id"] = null;
        fields["eos_token_id"] = chat.EndOfTurnId;
        fields["pad_token_id"] = chat.PadId;
        using LlamaModel model = new(new LlamaWeights(ModelConfig.FromJson(fields, "student"), TorchSetup.Place(context, options.Training)));
        Initializer.Fill(model.Weights, options.Seed);
        return TrainingRun.Run(context, model, options.Training, options.Seed, context.Input("corpus"), context.Input("tokenizer"));
    }
}
