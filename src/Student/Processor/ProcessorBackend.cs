using NaturalThoughts.Student.Backends;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.ModelWeights;
using TorchSharp;
using static NaturalThoughts.Student.Kernels.TensorMemory;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Processor;

/// <summary>
/// Float32 on the processor, by this library's own kernels: libtorch holds the memory of tensors, and copies, fills and gathers it, which cannot round. The
/// same bits on every x86-64 processor with AVX2 and FMA, for any number of threads and any neighbours of a row in its batch.
/// </summary>
internal sealed unsafe class ProcessorBackend(ModelParts parts) : Backend
{
    private const int LeastRows = 64;
    private readonly float _epsilon = (float)parts.Config.RmsNormEps;
    private PackedWeights? _packed;

    /// <summary>Whether this backend computes a model that is placed there.</summary>
    public static bool Takes(Placement placement) => placement.Device.type == DeviceType.CPU && placement.Type == ScalarType.Float32;

    /// <inheritdoc />
    public override int LeastShards => 2;

    /// <inheritdoc />
    public override IDisposable KeepWeights()
    {
        Limits.Require(_packed is null, nameof(KeepWeights));
        _packed = PackedWeights.Of(parts);
        return new Kept(this);
    }

    /// <inheritdoc />
    public override void Together(Action work) => Team.Run(Threads.Count, work);

    /// <inheritdoc />
    public override Tensor Embed(Tensor ids) => RowLookup.Apply(parts.Embedding, ids);

    /// <inheritdoc />
    public override void EmbedBackward(Tensor ids, Tensor gradient)
    {
        if (parts.Embedding.requires_grad)
        {
            RowLookup.AddGradient(parts.Embedding, ids, gradient);
        }
    }

    /// <inheritdoc />
    public override Tensor Layer(int index, Tensor x)
    {
        using Tensor stream = x.contiguous();
        return Pass(index, x).Forward(stream, Whole(x));
    }

    /// <inheritdoc />
    public override LayerTape Record(int index, Tensor x) => new ProcessorLayerTape(Pass(index, x), Whole(x), x);

    /// <inheritdoc />
    public override Func<int, Tensor, Tensor> Cached(KeyValueCache cache, int length)
    {
        cache.Require(length);
        return (index, x) => Pass(index, x).Forward(x, new CachedRows(parts.Heads, parts.Rotary, cache, index, length));
    }

    /// <inheritdoc />
    public override Tensor Normalize(Tensor x)
    {
        using Tensor stream = x.contiguous();
        int width = (int)x.shape[^1];
        Limits.Require(parts.Norm.numel() == width, nameof(x));
        Tensor normal = empty(x.shape);
        float* from = Floats(stream), weight = Floats(parts.Norm), to = Floats(normal);
        Threads.Share((int)(x.numel() / width), LeastRows, (first, end) =>
            RmsNorm.Rows(from + ((nint)first * width), end - first, width, weight, _epsilon, to + ((nint)first * width), null));
        return normal;
    }

    /// <inheritdoc />
    public override Tensor Logits(Tensor hidden)
    {
        using Tensor rows = hidden.contiguous();
        (int inner, int outer) = ((int)parts.Head.shape[1], (int)parts.Head.shape[0]);
        Limits.Require(hidden.shape[^1] == inner, nameof(hidden));
        Tensor logits = empty([.. hidden.shape[..^1], outer]);
        using MatrixProduct head = MatrixProduct.Transposed(parts.Head, _packed, inBlocks: false);
        head.Apply(Floats(rows), (int)(rows.numel() / inner), null, null, Floats(logits));
        return logits;
    }

    /// <inheritdoc />
    public override Tensor Mean(Tensor states)
    {
        using Tensor rows = states.contiguous();
        (int batch, int length, int width) = ((int)states.shape[0], (int)states.shape[1], (int)states.shape[2]);
        Tensor means = zeros(batch, width);
        float* from = Floats(rows), to = Floats(means);
        for (nint b = 0; b < batch; b++)
        {
            VectorMath.AddRows(from + (b * length * width), length, width, to + (b * width));
        }

        VectorMath.Scale(1f / length, to, batch * width);
        return means;
    }

    /// <inheritdoc />
    public override (double Loss, Tensor Gradient) Loss(Tensor x, Tensor positions, Tensor targets, int supervised, long mostLogits) =>
        NextTokenLoss.LossAndGradient(x, parts.Norm, _epsilon, parts.Head, positions, targets, supervised, mostLogits);

    /// <inheritdoc />
    public override double LossSum(Tensor states, Tensor targets, long mostLogits)
    {
        (int all, int vocabulary) = ((int)states.shape[0], (int)parts.Head.shape[0]);
        Limits.Ids(targets, vocabulary);
        Limits.Require(states.dim() == 2 && targets.numel() == all, nameof(targets));
        double[] losses = new double[all];
        int chunk = (int)Math.Min(all, Math.Max(1, mostLogits / vocabulary));
        for (int start = 0; start < all; start += chunk)
        {
            int from = start, count = Math.Min(chunk, all - start);
            using Tensor rows = states.narrow(0, start, count);
            using Tensor logits = Logits(rows);
            float* logit = Floats(logits);
            long* ids = Ids(targets) + start;
            Threads.Share(count, LeastRows, (first, end) =>
            {
                for (int i = first; i < end; i++)
                {
                    losses[from + i] = CrossEntropy.LossAndGradient(logit + ((nint)i * vocabulary), vocabulary, ids[i], 0);
                }
            });
        }

        return losses.Sum();
    }

    /// <inheritdoc />
    public override void Accumulate(Tensor gradient, Tensor other)
    {
        Limits.Require(gradient.numel() == other.numel(), nameof(other));
        FlatKernels.Add(Floats(gradient), Floats(other), gradient.numel());
    }

    /// <inheritdoc />
    public override void Merge(Tensor weight, LoraPair pair)
    {
        (int outer, int inner, int rank) = (pair.Outputs, pair.Inputs, pair.Rank);
        using Scratch scratch = new(outer * rank);
        float* scaled = scratch.Take(outer * rank);
        new ReadOnlySpan<float>(Floats(pair.B), outer * rank).CopyTo(new Span<float>(scaled, outer * rank));
        VectorMath.Scale((float)pair.Scale, scaled, outer * rank);
        Gemm.Multiply(outer, inner, rank, new Matrix(scaled, rank, 1), new Matrix(Floats(pair.A), inner, 1), Floats(weight), Threads.Count, add: true);
    }

    private LayerPass Pass(int index, Tensor x) => new(parts.Layers[index], parts.Heads, _epsilon, checked((int)(x.shape[0] * x.shape[1])), _packed);

    private WholeRows Whole(Tensor x) => new(parts.Heads, parts.Rotary, (int)x.shape[0], (int)x.shape[1]);

    private sealed class Kept(ProcessorBackend backend) : IDisposable
    {
        public void Dispose()
        {
            backend._packed?.Dispose();
            backend._packed = null;
        }
    }
}
