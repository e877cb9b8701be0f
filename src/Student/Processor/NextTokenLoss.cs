using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Kernels;
using TorchSharp;
using static NaturalThoughts.Student.Kernels.TensorMemory;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Processor;

/// <summary>
/// Where a training turns round, on the processor in float32: final norm, logits and cross entropy of the supervised positions, and the
/// gradients of all three, for a block of positions by one thread while it is in its cache.
/// </summary>
internal static unsafe class NextTokenLoss
{
    /// <summary>The loss; the gradients of norm and head are added to those that they have, where they want one.</summary>
    /// <param name="x">[B, T, C]: the stream before the final norm.</param>
    /// <param name="norm">[C].</param>
    /// <param name="epsilon">Of the norm.</param>
    /// <param name="head">[V, C].</param>
    /// <param name="positions">[N] int64: rows of x, each once.</param>
    /// <param name="targets">[N] int64.</param>
    /// <param name="supervised">What the sum of the losses is divided by.</param>
    /// <param name="mostLogits">Logits that are alive at once, at most, in elements, except for a block of them at least; never changes a result.</param>
    /// <returns>The loss, and the gradient of x.</returns>
    /// <exception cref="UserErrorException">A target is not below V.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is not below B T.</exception>
    public static (double Loss, Tensor Gradient) LossAndGradient(
        Tensor x, Tensor norm, double epsilon, Tensor head, Tensor positions, Tensor targets, int supervised, long mostLogits)
    {
        (int vocabulary, int width) = ((int)head.shape[0], (int)head.shape[1]);
        Limits.Ids(targets, vocabulary);
        Limits.Rows(positions, x.numel() / width, nameof(positions));
        Limits.Require(positions.numel() == targets.numel(), nameof(targets));
        Limits.Require(x.shape[^1] == width && norm.numel() == width, nameof(x));
        int all = (int)positions.shape[0];
        long* rows = Ids(positions), ids = Ids(targets);
        int chunk = (int)Math.Min(all, Math.Max(1, mostLogits / vocabulary / Threads.Block) * Threads.Block);
        double[] losses = new double[all];
        Tensor dx = zeros_like(x).detach();
        using Tensor stream = x.detach().contiguous();
        using Tensor parts = zeros(Threads.BlocksOf(all), width), logits = empty(chunk, vocabulary);
        using PackedMatrix forwards = PackedMatrix.Transposed(head), backwards = PackedMatrix.Of(head);
        float* from = Floats(stream), weight = Floats(norm), to = Floats(dx), dWeights = Floats(parts), logit = Floats(logits);
        for (int start = 0; start < all; start += chunk)
        {
            int count = Math.Min(chunk, all - start);
            using PackedMatrix normals = new(count, width);
            Threads.Blocks(count, (Threads.Block * 4 * width) + Threads.Block, (first, size, scratch) =>
            {
                float* gathered = scratch.Take(Threads.Block * width), normal = scratch.Take(Threads.Block * width),
                dNormal = scratch.Take(Threads.Block * width), dGathered = scratch.Take(Threads.Block * width), scales = scratch.Take(Threads.Block);
                float* rowLogits = logit + ((nint)first * vocabulary);
                for (int i = 0; i < size; i++)
                {
                    Copy(from + ((nint)rows[start + first + i] * width), gathered + (i * width), width);
                }

                RmsNorm.Rows(gathered, size, width, weight, (float)epsilon, normal, scales);
                normals.Set(first, size, normal);
                Gemm.Add(size, new Matrix(normal, width, 1), forwards, rowLogits, vocabulary, false);
                for (int i = 0; i < size; i++)
                {
                    losses[start + first + i] = CrossEntropy.LossAndGradient(
                        rowLogits + ((nint)i * vocabulary), vocabulary, ids[start + first + i], 1f / supervised);
                }

                Gemm.Add(size, new Matrix(rowLogits, vocabulary, 1), backwards, dNormal, width, false);
                RmsNorm.BackwardRows(
                    new NormedRows(gathered, size, width, weight, scales), null, dNormal, normal, dGathered,
                    dWeights + ((nint)(start + first) / Threads.Block * width));
                for (int i = 0; i < size; i++)
                {
                    Copy(dGathered + (i * width), to + ((nint)rows[start + first + i] * width), width);
                }
            });
            MatrixGradient.Compute([.. MatrixGradient.Of(logits, normals, head, null)]);
        }

        if (norm.requires_grad)
        {
            float* sum = Floats(norm.grad!);
            VectorMath.AddRows(dWeights, (int)parts.shape[0], width, sum);
        }

        return (losses.Sum() / supervised, dx);
    }

    private static void Copy(float* from, float* to, int count) => new Span<float>(from, count).CopyTo(new Span<float>(to, count));
}
