using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using NaturalThoughts.Contracts;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Kernels;

/// <summary>What the fused kernels share: where they are used at all, memory of tensors, shares of threads.</summary>
internal static unsafe class Fused
{
    private static readonly bool Usable = !Numerics.IsPortable && Avx2.IsSupported && Fma.IsSupported;

    /// <summary>Threads that a kernel called on this one may use: torch's number, or a task's part of its team's.</summary>
    public static int Threads => Team.Current?.Threads ?? get_num_threads();

    /// <summary>Whether a fused kernel computes on this tensor; torch's operations do otherwise: in the portable class, on a GPU, in half precision.</summary>
    public static bool Takes(Tensor x) => Usable && x.device_type == DeviceType.CPU && x.dtype == ScalarType.Float32;

    /// <summary>Whether no product of this library computes on this tensor, but torch's: on a GPU, and in half precision.</summary>
    public static bool OfTorch(Tensor x) => x.device_type != DeviceType.CPU || x.dtype != ScalarType.Float32;

    /// <summary>The first element of a contiguous tensor of float32 on the processor.</summary>
    /// <exception cref="ArgumentException">It is of another type.</exception>
    public static float* Data(Tensor tensor) => (float*)First(tensor, ScalarType.Float32);

    /// <summary>The first element of a contiguous tensor of int64 on the processor.</summary>
    /// <exception cref="ArgumentException">It is of another type.</exception>
    public static long* Ids(Tensor tensor) => (long*)First(tensor, ScalarType.Int64);

    /// <summary>Whether gradients of any of these are wanted.</summary>
    public static bool Differentiates(params ReadOnlySpan<Tensor?> tensors)
    {
        if (is_grad_enabled())
        {
            foreach (Tensor? tensor in tensors)
            {
                if (tensor is not null && tensor.requires_grad)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Calls <paramref name="body"/> for ranges that cover [0, <paramref name="count"/>), on several threads.</summary>
    /// <param name="count">Items.</param>
    /// <param name="least">Items of a share at least: fewer are not worth a thread.</param>
    /// <param name="body">From and to; must not depend on where the ranges are cut.</param>
    public static void Share(int count, int least, Action<int, int> body)
    {
        int shares = Math.Clamp(count / Math.Max(1, least), 1, Threads);
        if (shares == 1)
        {
            body(0, count);
            return;
        }

        Each(shares, 0, (share, _) => body((int)((long)count * share / shares), (int)((long)count * (share + 1) / shares)));
    }

    /// <summary>Rows of a block of <see cref="Blocks"/>.</summary>
    public const int Block = 16 * Gemm.TileRows;

    /// <summary>Number of blocks that rows have.</summary>
    public static int BlocksOf(int rows) => (rows + Block - 1) / Block;

    /// <summary>Calls <paramref name="body"/> for each block of rows, as <see cref="Each"/> does.</summary>
    /// <param name="rows">Rows; the last block may have fewer than <see cref="Block"/>.</param>
    /// <param name="floats">Of each thread's own memory.</param>
    /// <param name="body">First row of the block, its rows, and memory.</param>
    public static void Blocks(int rows, int floats, Action<int, int, Scratch> body) =>
        Each(BlocksOf(rows), floats, (i, scratch) => body(i * Block, Math.Min(Block, rows - (i * Block)), scratch));

    /// <summary>Calls <paramref name="body"/> for each of the items, the next one by whichever thread is free.</summary>
    /// <param name="count">Items.</param>
    /// <param name="floats">Of each thread's own memory.</param>
    /// <param name="body">Must not depend on which thread it is.</param>
    public static void Each(int count, int floats, Action<int, Scratch> body)
    {
        WorkItems items = new(count, floats, body);
        if (Team.Current is { } team)
        {
            team.Share(items);
            return;
        }

        int workers = Math.Min(count, Threads);
        if (workers <= 1)
        {
            items.Work();
        }
        else
        {
            ParallelLoop.Run(() => Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, _ => items.Work()));
        }

        items.Finish();
    }

    // TorchSharp's span says no to what is not contiguous or elsewhere.
    private static void* First(Tensor tensor, ScalarType type)
    {
        Limits.Require(tensor.dtype == type, nameof(tensor));
        return Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
    }
}
