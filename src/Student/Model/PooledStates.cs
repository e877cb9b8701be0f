using NaturalThoughts.Contracts;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Model;

/// <summary>Embeds texts: the mean over the tokens of a text of the last hidden state, after the final norm, or their mean weighted by position.</summary>
public static class PooledStates
{
    /// <summary>The means of all texts.</summary>
    /// <param name="model">The model.</param>
    /// <param name="ids">The tokens of each text, at least one.</param>
    /// <param name="pooling">Which mean.</param>
    /// <param name="batchTokens">Tokens that are computed at once, at most, except for a text that has more.</param>
    /// <param name="progress">Is told the number of texts that are done.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>[texts][C].</returns>
    /// <exception cref="UserErrorException">An id is not in the vocabulary, or a text has more tokens than the model has positions.</exception>
    public static float[][] Of(
        LlamaModel model, IReadOnlyList<int[]> ids, EmbedPooling pooling, int batchTokens, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        float[][] vectors = new float[ids.Count][];
        int done = 0;

        // Rows of one length are in a batch of their own size: no padding, and a row's bits do not depend on its neighbours' lengths.
        foreach (IGrouping<int, int> length in Enumerable.Range(0, ids.Count).GroupBy(i => ids[i].Length).OrderBy(group => group.Key))
        {
            foreach (int[] batch in length.Chunk(Math.Max(1, batchTokens / length.Key)))
            {
                cancellation.ThrowIfCancellationRequested();
                using DisposeScope scope = NewDisposeScope();
                using IDisposable inference = inference_mode();
                long[] tokens = [.. batch.SelectMany(i => ids[i]).Select(id => (long)id)];
                Tensor states = model.Forward(model.Weights.Placement.Integers(tokens, batch.Length, length.Key)); // [B, T, C]
                float[] means = pooling == EmbedPooling.Position ? ByPosition(states) : model.Backend.Mean(states).data<float>().ToArray(); // [B, C]
                int width = model.Config.HiddenSize;
                for (int b = 0; b < batch.Length; b++)
                {
                    vectors[batch[b]] = means[(b * width)..((b + 1) * width)];
                }

                done += batch.Length;
                progress?.Report(new StageProgress(done, ids.Count, "questions"));
            }
        }

        return vectors;
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
