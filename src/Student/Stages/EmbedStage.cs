using NaturalThoughts.Checkpoints;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.Parameters;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Stages;

/// <summary>Embeds questions: the mean over the tokens of the chat-formatted question of the last hidden state, after the final norm, or their mean weighted by position.</summary>
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

    private sealed record Options(
        int BatchTokens, string? Precision, SpecialTokensInText SpecialTokensInText = SpecialTokensInText.Plain, EmbedPooling Pooling = EmbedPooling.Mean);

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [CheckpointRole, QuestionsRole], [Output]) { UsesTensors = true };

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        Options options = context.Options<Options>();
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

        float[][] vectors = new float[ids.Length][];
        int done = 0;

        // Rows of one length stand in a batch of their own size: no padding, and a row's bits do not depend on its neighbours' lengths.
        foreach (IGrouping<int, int> length in Enumerable.Range(0, ids.Length).GroupBy(i => ids[i].Length).OrderBy(group => group.Key))
        {
            foreach (int[] batch in length.Chunk(Math.Max(1, options.BatchTokens / length.Key)))
            {
                context.Cancellation.ThrowIfCancellationRequested();
                using DisposeScope scope = NewDisposeScope();
                using IDisposable inference = inference_mode();
                long[] tokens = [.. batch.SelectMany(i => ids[i]).Select(id => (long)id)];
                Tensor states = model.Forward(model.Weights.Placement.Integers(tokens, batch.Length, length.Key)); // [B, T, C]
                float[] means = options.Pooling == EmbedPooling.Position
                    ? ByPosition(states)
                    : model.Backend.Mean(states).data<float>().ToArray(); // [B, C]
                int width = model.Config.HiddenSize;
                for (int b = 0; b < batch.Length; b++)
                {
                    vectors[batch[b]] = means[(b * width)..((b + 1) * width)];
                }

                done += batch.Length;
                context.Progress?.Report(new StageProgress(done, ids.Length, "questions"));
            }
        }

        JsonLines.Write(context.Output(Output), questions.Select((question, i) => new Embedding(question.Id, vectors[i])));
        return new StageResult { Counts = { ["questions"] = ids.Length, ["tokens"] = ids.Sum(row => (long)row.Length) } };
    }

    /// <summary>The weighted means of hidden states, [B, T, C] to [B, C], summed in double in the order of the positions.</summary>
    internal static float[] ByPosition(Tensor states)
    {
        (int batch, int length, int width) = ((int)states.shape[0], (int)states.shape[1], (int)states.shape[2]);
        using Tensor rows = states.to(ScalarType.Float32).cpu().contiguous();
        float[] values = rows.data<float>().ToArray();
        float[] means = new float[batch * width];
        double weights = length * (length + 1.0) / 2;
        for (int b = 0; b < batch; b++)
        {
            for (int c = 0; c < width; c++)
            {
                double sum = 0;
                for (int t = 0; t < length; t++)
                {
                    sum += (t + 1) * (double)values[(((b * length) + t) * width) + c];
                }

                means[(b * width) + c] = (float)(sum / weights);
            }
        }

        return means;
    }
}
