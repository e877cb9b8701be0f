using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Student.Model;

namespace NaturalThoughts.Student.Stages;

/// <summary>
/// Embeds questions: the mean over the tokens of the chat-formatted question of the last hidden state, after the final norm, or their mean weighted by
/// position.
/// </summary>
public sealed class EmbedStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "embed";

    /// <summary>The role of the student's folder.</summary>
    public const string CheckpointRole = "checkpoint";

    /// <summary>The role of the questions.</summary>
    public const string QuestionsRole = "questions";

    /// <summary>The file with the embeddings.</summary>
    public const string Output = "embeddings.jsonl";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [CheckpointRole, QuestionsRole], [Output]) { UsesTensors = true };

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        EmbedOptions options = context.Options<EmbedOptions>();
        TorchSetup.Prepare(context);
        string folder = context.Input(CheckpointRole);
        Tokenizer tokenizer = Tokenizer.Load(folder);
        ChatFormat chat = ChatFormat.Load(folder, tokenizer, options.SpecialTokensInText);
        using LlamaModel model = CheckpointFiles.Load(folder, TorchSetup.Place(context, options.Precision, "embedding"));
        List<Question> questions = JsonLines.Read<Question>(context.Input(QuestionsRole));
        int[][] ids = [.. questions.Select(question => chat.Prompt(question.Text))];
        for (int i = 0; i < ids.Length; i++)
        {
            TokenLimits.Check(model.Config, $"prompt of question '{questions[i].Id}'", ids[i]);
        }

        float[][] vectors = PooledStates.Of(model, ids, options.Pooling, options.BatchTokens, context.Progress, context.Cancellation);
        JsonLines.Write(context.Output(Output), questions.Select((question, i) => new Embedding(question.Id, vectors[i])));
        return new StageResult { Counts = { ["questions"] = ids.Length, ["tokens"] = ids.Sum(row => (long)row.Length) } };
    }
}
