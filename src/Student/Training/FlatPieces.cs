using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Kernels.Cuda;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Training;

/// <summary>Flat buffers in pieces, so that what is computed on the way takes no second buffer.</summary>
internal static class FlatPieces
{
    /// <summary>Elements of a piece. Students below it are one piece.</summary>
    public const long Length = 1 << 24;

    /// <summary>Start and length of each piece.</summary>
    public static IEnumerable<(long At, long Count)> Of(long all)
    {
        for (long at = 0; at < all; at += Length)
        {
            yield return (at, Math.Min(Length, all - at));
        }
    }

    /// <summary>The Euclidean norm: of float32 in one go, otherwise by the kernel of a GPU, or of float32 copies of the pieces.</summary>
    public static double Norm(Tensor flat)
    {
        using DisposeScope scope = NewDisposeScope();
        if (flat.dtype == ScalarType.Float32)
        {
            return flat.norm().item<float>();
        }

        if (CudaKernels.Takes(flat))
        {
            return Math.Sqrt(CudaKernels.SquaredNorm(flat).cpu().item<double>());
        }

        Tensor squares = zeros(1, dtype: ScalarType.Float64, device: flat.device);
        foreach ((long at, long count) in Of(flat.numel()))
        {
            using DisposeScope piece = NewDisposeScope();
            squares.AddInPlace(flat.narrow(0, at, count).to(ScalarType.Float32).Squared().sum());
        }

        return Math.Sqrt(squares.cpu().item<double>());
    }
}
