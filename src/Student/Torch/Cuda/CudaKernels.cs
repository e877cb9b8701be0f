using System.Collections.Concurrent;
using NaturalThoughts.Student.Backends;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Torch.Cuda;

/// <summary>
/// The kernels of <c>kernels.cu</c> on tensors: bfloat16 and contiguous on one GPU, if nothing else is said. None is recorded for autograd.
/// Each throws an <see cref="ArgumentException"/> where shapes, types or layouts do not fit.
/// </summary>
internal static unsafe class CudaKernels
{
    private const int Group = 8; // elements that a thread moves at once, 16 bytes
    private const int MostRows = 65535; // of a grid's second dimension
    private const int MostBlocks = 1 << 16;
    private const int Partials = 1024;

    private static readonly ConcurrentDictionary<int, bool> Works = new();
    private static readonly Lazy<nint> DataFunction = new(() => NativeLibraries.Export("THSTensor_data"));

    /// <summary>
    /// Whether the kernels compute on this tensor; torch's operations do otherwise: on the processor, in float32, and where the kernels do not compile.
    /// </summary>
    public static bool Takes(Tensor x) =>
        x.device_type == DeviceType.CUDA && x.dtype == ScalarType.BFloat16
            && Works.GetOrAdd(Math.Max(0, x.device_index), ordinal => CudaProgram.Failure(ordinal) is null);

    /// <summary>Whether <see cref="Rotate"/> and <see cref="RotateBackward"/> work with heads of this width.</summary>
    public static bool Rotates(long headWidth) => headWidth > 0 && headWidth % (2 * Group) == 0;

    /// <summary>RMSNorm (arXiv 1910.07467).</summary>
    /// <param name="x">[..., C].</param>
    /// <param name="weight">[C].</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <returns>[..., C].</returns>
    public static Tensor RmsNorm(Tensor x, Tensor weight, double epsilon)
    {
        Check(x, nameof(x));
        Check(weight, nameof(weight));
        long width = weight.numel();
        Require(width > 0 && x.dim() > 0 && x.shape[^1] == width && x.numel() / width <= int.MaxValue, nameof(x));
        Tensor normal = empty(x.shape, dtype: ScalarType.BFloat16, device: x.device);
        if (x.numel() > 0)
        {
            Of(x).Launch(
                "rms_norm", ((uint)(x.numel() / width), 1), CudaProgram.Threads,
                Data(x), Data(weight), Data(normal), width, Groups(width, width % Group == 0, x, weight, normal), (float)epsilon);
        }

        return normal;
    }

    /// <summary>SwiGLU's gate: silu(gate) * up.</summary>
    /// <param name="both">[..., 2 I]: gate, then up.</param>
    /// <returns>[..., I].</returns>
    public static Tensor SwiGlu(Tensor both)
    {
        (long rows, long inner) = Halves(both);
        Tensor gated = empty([.. both.shape[..^1], inner], dtype: ScalarType.BFloat16, device: both.device);
        if (gated.numel() > 0)
        {
            long groups = Groups(inner, inner % Group == 0, both, gated);
            Of(both).Launch("swiglu_forward", Rows(rows, inner, groups), CudaProgram.Threads, Data(both), Data(gated), rows, inner, groups);
        }

        return gated;
    }

    /// <summary>The gradient of <see cref="SwiGlu"/>, and its result again.</summary>
    /// <param name="both">[..., 2 I].</param>
    /// <param name="dGated">[..., I].</param>
    /// <returns>[..., I] and [..., 2 I].</returns>
    public static (Tensor Gated, Tensor DBoth) SwiGluBackward(Tensor both, Tensor dGated)
    {
        (long rows, long inner) = Halves(both);
        Check(dGated, nameof(dGated));
        Require(dGated.numel() == rows * inner && dGated.shape[^1] == inner, nameof(dGated));
        Tensor gated = empty(dGated.shape, dtype: ScalarType.BFloat16, device: both.device);
        Tensor dBoth = empty(both.shape, dtype: ScalarType.BFloat16, device: both.device);
        if (gated.numel() > 0)
        {
            long groups = Groups(inner, inner % Group == 0, both, dGated, gated, dBoth);
            Of(both).Launch(
                "swiglu_backward", Rows(rows, inner, groups), CudaProgram.Threads, Data(both), Data(dGated), Data(gated), Data(dBoth), rows, inner, groups);
        }

        return (gated, dBoth);
    }

    /// <summary>Rotates heads in place.</summary>
    /// <param name="qkv">[B, T, heads D] or [B T, heads D].</param>
    /// <param name="cos">[at least T, D], as of <see cref="RotaryTable.Cos"/>.</param>
    /// <param name="signedSin">[at least T, D], as of <see cref="RotaryTable.SignedSin"/>.</param>
    /// <param name="length">T.</param>
    /// <param name="rotatedHeads">The first so many heads are rotated.</param>
    /// <param name="headWidth">D, as <see cref="Rotates"/> says.</param>
    public static void Rotate(Tensor qkv, Tensor cos, Tensor signedSin, int length, int rotatedHeads, int headWidth)
    {
        Check(qkv, nameof(qkv));
        Require(Rotates(headWidth), nameof(headWidth));
        long stride = qkv.shape[^1];
        Require(stride % headWidth == 0 && rotatedHeads >= 0 && (long)rotatedHeads * headWidth <= stride, nameof(rotatedHeads));
        Tables(cos, signedSin, length, headWidth);
        Aligned(qkv, nameof(qkv));
        long rows = qkv.numel() / stride;
        Require(length > 0 && rows % length == 0, nameof(length));
        if (rows > 0 && rotatedHeads > 0)
        {
            long groups = rotatedHeads * (long)headWidth / (2 * Group);
            Of(qkv).Launch(
                "rotate_forward", Rows(rows, 0, groups), CudaProgram.Threads,
                Data(qkv), Data(cos), Data(signedSin), rows, (long)length, stride, (long)rotatedHeads, (long)headWidth);
        }
    }

    /// <summary>Rotates the gradients of q and k back and gathers those of q, k and v.</summary>
    /// <param name="dq">[B, H, T, D] with any strides; rows of D that are not contiguous and aligned are copied first.</param>
    /// <param name="dk">[B, K, T, D], likewise.</param>
    /// <param name="dv">[B, K, T, D], likewise.</param>
    /// <param name="cos">[at least T, D], contiguous.</param>
    /// <param name="signedSin">[at least T, D], contiguous.</param>
    /// <returns>[B, T, (H + 2 K) D].</returns>
    public static Tensor RotateBackward(Tensor dq, Tensor dk, Tensor dv, Tensor cos, Tensor signedSin)
    {
        Require(dq.dim() == 4, nameof(dq));
        (long batch, long heads, long length, long width) = (dq.shape[0], dq.shape[1], dq.shape[2], dq.shape[3]);
        Require(dk.dim() == 4 && dk.shape[0] == batch && dk.shape[2] == length && dk.shape[3] == width, nameof(dk));
        Require(dv.shape.AsSpan().SequenceEqual(dk.shape), nameof(dv));
        Require(Rotates(width), nameof(dq));
        Tables(cos, signedSin, length, width);
        long keys = dk.shape[1];
        Tensor dqkv = empty([batch, length, (heads + (2 * keys)) * width], dtype: ScalarType.BFloat16, device: dq.device);
        if (dqkv.numel() > 0)
        {
            using DisposeScope scope = NewDisposeScope();
            (Tensor q, Tensor k, Tensor v) = (AlignedRows(dq, nameof(dq)), AlignedRows(dk, nameof(dk)), AlignedRows(dv, nameof(dv)));
            (long[] qs, long[] ks, long[] vs) = (q.stride(), k.stride(), v.stride());
            long groups = (heads + (2 * keys)) * width / (2 * Group);
            Of(dq).Launch(
                "rotate_backward", Rows(batch * length, 0, groups), CudaProgram.Threads,
                Data(q), Data(k), Data(v), Data(cos), Data(signedSin), Data(dqkv),
                batch * length, length, heads, keys, width,
                qs[0], qs[1], qs[2], ks[0], ks[1], ks[2], vs[0], vs[1], vs[2]);
        }

        return dqkv;
    }

    /// <summary>Cross entropy of each row.</summary>
    /// <param name="logits">[n, V]; they become the gradient of the sum of the losses, softmax(logits) - onehot(target).</param>
    /// <param name="targets">[n] int64, each below V; the loss of any other is NaN.</param>
    /// <returns>[n] float32.</returns>
    public static Tensor CrossEntropy(Tensor logits, Tensor targets)
    {
        Check(logits, nameof(logits));
        Check(targets, nameof(targets), ScalarType.Int64);
        Require(logits.dim() == 2 && logits.shape[0] <= int.MaxValue && logits.shape[1] > 0, nameof(logits));
        (long rows, long width) = (logits.shape[0], logits.shape[1]);
        Require(targets.numel() == rows, nameof(targets));
        Tensor loss = empty(rows, dtype: ScalarType.Float32, device: logits.device);
        if (rows > 0)
        {
            Of(logits).Launch(
                "cross_entropy", ((uint)rows, 1), CudaProgram.LossThreads, Data(logits), Data(targets), Data(loss), width,
                Groups(width, width % Group == 0, logits));
        }

        return loss;
    }

    /// <summary>
    /// A step of AdamW on a piece of flat buffers, [N] each; keys of <see cref="StochasticRounding.Key"/> for those that are rounded at random.
    /// </summary>
    /// <param name="state">Weights, rounded at random where there is no master, to the nearest otherwise; their gradient; moments in bfloat16 (rounded at
    /// random) or float32.</param>
    /// <param name="at">Where the piece begins.</param>
    /// <param name="count">Its elements, at most 2^31.</param>
    /// <param name="step">The numbers of the step.</param>
    /// <param name="keys">Of the weights, the first and the second moment.</param>
    public static void AdamW(OptimizerState state, long at, long count, AdamWStep step, (int Weights, int First, int Second) keys)
    {
        (Tensor weights, Tensor first, Tensor second, Tensor? master, Tensor gradient) = state;
        long all = weights.numel();
        Check(weights, nameof(weights));
        Check(gradient, nameof(gradient));
        Check(first, nameof(first), first.dtype == ScalarType.Float32 ? ScalarType.Float32 : ScalarType.BFloat16);
        Check(second, nameof(second), second.dtype == ScalarType.Float32 ? ScalarType.Float32 : ScalarType.BFloat16);
        Require(gradient.numel() == all, nameof(gradient));
        Require(first.numel() == all, nameof(first));
        Require(second.numel() == all, nameof(second));
        if (master is not null)
        {
            Check(master, nameof(master), ScalarType.Float32);
            Require(master.numel() == all, nameof(master));
        }

        Require(at >= 0 && count >= 0 && at + count <= all && count <= 1L << 31, nameof(count));
        if (count == 0)
        {
            return;
        }

        nint[] pointers = [Data(weights, at), master is null ? 0 : Data(master, at), Data(gradient, at), Data(first, at), Data(second, at)];
        long groups = Array.TrueForAll(pointers, IsAligned) ? count / Group : 0;
        Of(weights).Launch(
            "adamw", Blocks(groups > 0 ? groups : count, MostBlocks), CudaProgram.Threads,
            pointers[0], pointers[1], pointers[2], pointers[3], pointers[4],
            Flag(first.dtype == ScalarType.Float32), Flag(second.dtype == ScalarType.Float32), count, groups,
            (float)(1 - (step.Rate * step.WeightDecay)),
            (float)step.Beta1, (float)(1 - step.Beta1), (float)step.Beta2, (float)(1 - step.Beta2),
            (float)step.Root, (float)step.Epsilon, (float)-step.Size,
            (long)keys.Weights, (long)keys.First, (long)keys.Second);
    }

    /// <summary>The sum of the squares of all elements.</summary>
    /// <param name="flat">Any shape.</param>
    /// <returns>[] float64. The order of the summation depends on the number of elements and on the first one's address alone.</returns>
    public static Tensor SquaredNorm(Tensor flat)
    {
        Check(flat, nameof(flat));
        long count = flat.numel();
        long groups = Groups(count, true, flat);
        (uint X, uint Y) grid = Blocks(count / Group, Partials);
        using Tensor partial = empty(grid.X, dtype: ScalarType.Float64, device: flat.device);
        Of(flat).Launch("sum_of_squares", grid, CudaProgram.Threads, Data(flat), Data(partial), count, groups);
        return partial.sum();
    }

    private static CudaProgram Of(Tensor x) => CudaProgram.Of(Math.Max(0, x.device_index));

    // Of a GPU's tensor too, with its offset; TorchSharp's own spans are of the processor's memory only.
    private static nint Data(Tensor x, long at = 0) => ((delegate* unmanaged<nint, nint>)DataFunction.Value)(x.Handle) + (nint)(at * x.element_size());

    private static bool IsAligned(nint pointer) => pointer % 16 == 0;

    private static long Flag(bool value) => value ? 1 : 0;

    // Whole groups in `count` elements where they can be moved at once, otherwise 0.
    private static long Groups(long count, bool whole, params ReadOnlySpan<Tensor> tensors)
    {
        foreach (Tensor tensor in tensors)
        {
            whole &= IsAligned(Data(tensor));
        }

        return whole ? count / Group : 0;
    }

    // Threads for the groups of a row, or for its elements where there is none.
    private static (uint X, uint Y) Rows(long rows, long elements, long groups) =>
        (Blocks(groups > 0 ? groups : elements, MostBlocks).X, (uint)Math.Min(rows, MostRows));

    private static (uint X, uint Y) Blocks(long items, int most) => ((uint)Math.Clamp((items + CudaProgram.Threads - 1) / CudaProgram.Threads, 1, most), 1);

    private static (long Rows, long Inner) Halves(Tensor both)
    {
        Check(both, nameof(both));
        long width = both.dim() > 0 ? both.shape[^1] : 0;
        Require(width > 0 && width % 2 == 0, nameof(both));
        return (both.numel() / width, width / 2);
    }

    private static void Tables(Tensor cos, Tensor signedSin, long length, long width)
    {
        Table(cos, nameof(cos));
        Table(signedSin, nameof(signedSin));

        void Table(Tensor table, string name)
        {
            Check(table, name);
            Require(table.shape[^1] == width && table.numel() >= length * width, name);
            Aligned(table, name);
        }
    }

    // What the kernel can read as it is, otherwise a copy.
    private static Tensor AlignedRows(Tensor x, string name)
    {
        Require(x.device_type == DeviceType.CUDA && x.dtype == ScalarType.BFloat16, name);
        long[] strides = x.stride();
        bool fits = strides[3] == 1 && strides[0] % Group == 0 && strides[1] % Group == 0 && strides[2] % Group == 0 && IsAligned(Data(x));
        return fits ? x : empty(x.shape, dtype: x.dtype, device: x.device).copy_(x);
    }

    private static void Aligned(Tensor x, string name) => Require(IsAligned(Data(x)), name);

    private static void Check(Tensor x, string name, ScalarType type = ScalarType.BFloat16) =>
        Require(x.device_type == DeviceType.CUDA && x.dtype == type && x.is_contiguous(), name);

    private static void Require(bool fits, string name)
    {
        if (!fits)
        {
            throw new ArgumentException("The shape, type, layout or device does not fit the kernel.", name);
        }
    }
}
