using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Student.Stages;

/// <summary>Trains a student from scratch on a corpus.</summary>
public sealed class PretrainStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "pretrain";

    /// <summary>The role of the corpus.</summary>
    public const string CorpusRole = "corpus";

    /// <summary>The role of the tokenizer's folder.</summary>
    public const string TokenizerRole = "tokenizer";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [CorpusRole, TokenizerRole], TrainingRun.Outputs) { UsesTensors = true };

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        PretrainOptions options = context.Options<PretrainOptions>();
        TorchSetup.Prepare(context);
        Tokenizer tokenizer = Tokenizer.Load(context.Input(TokenizerRole));
        ChatFormat chat = ChatFormat.Load(context.Input(TokenizerRole), tokenizer);
        JsonObject fields = options.Student.DeepClone().AsObject();
        fields["vocab_size"] = tokenizer.VocabularySize;
        fields["bos_token_id"] = null;
        fields["eos_token_id"] = chat.EndOfTurnId;
        fields["pad_token_id"] = chat.PadId;
        using LlamaModel model = new(new LlamaWeights(ModelConfig.FromJson(fields, "student"), TorchSetup.Place(context, options.Training)));
        Initializer.Fill(model.Weights, options.Seed);
        return TrainingRun.Run(context, model, options.Training, options.Seed, context.Input(CorpusRole), context.Input(TokenizerRole));
    }
}
