using NaturalThoughts.Student.Backends;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Torch.Cuda;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Torch;

/// <summary>
/// Flat buffers on a GPU or in half precision, in pieces, so that what is computed on the way takes no second buffer. A step is computed in float32; what is
/// kept in bfloat16 is rounded as <see cref="ModelWeights.Precision"/> says.
/// </summary>
/// <param name="seed">Of stochastic rounding.</param>
internal sealed class TorchUpdate(string seed) : FlatUpdate
{
    /// <summary>Elements that are updated at once.</summary>
    public const long Piece = 1 << 24;

    private readonly StochasticRounding _rounding = new(seed);

    /// <inheritdoc />
    /// <remarks>Of float32 in one go, otherwise by the kernel of a GPU, or of float32 copies of the pieces.</remarks>
    public override double Norm(Tensor flat)
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
        foreach ((long at, long count) in Pieces(flat.numel()))
        {
            using DisposeScope piece = NewDisposeScope();
            squares.AddInPlace(flat.narrow(0, at, count).to(ScalarType.Float32).Squared().sum());
        }

        return Math.Sqrt(squares.cpu().item<double>());
    }

    /// <inheritdoc />
    public override void Scale(Tensor flat, double factor) => flat.MultiplyInPlace(factor);

    /// <inheritdoc />
    public override void Step(OptimizerState state, AdamWStep step, int number)
    {
        using IDisposable grad = no_grad();
        foreach ((long at, long count) in Pieces(state.Weights.numel()))
        {
            using DisposeScope scope = NewDisposeScope();
            if (CudaKernels.Takes(state.Weights) && CudaKernels.Takes(state.Gradient))
            {
                (int, int, int) keys = (_rounding.Key("weights", number, at), _rounding.Key("first", number, at), _rounding.Key("second", number, at));
                CudaKernels.AdamW(state, at, count, step, keys);
            }
            else
            {
                Update(state, step, number, at, count);
            }
        }
    }

    private static IEnumerable<(long At, long Count)> Pieces(long all)
    {
        for (long at = 0; at < all; at += Piece)
        {
            yield return (at, Math.Min(Piece, all - at));
        }
    }

    // What is float32 already is changed in place, the rest in a copy that is stored below.
    private void Update(OptimizerState state, AdamWStep step, int number, long at, long count)
    {
        Tensor Wide(Tensor flat) => flat.narrow(0, at, count).to(ScalarType.Float32);
        Tensor gradient = Wide(state.Gradient);
        Tensor weights = Wide(state.Master ?? state.Weights);
        Tensor first = Wide(state.First);
        Tensor second = Wide(state.Second);
        weights.MultiplyInPlace(1 - (step.Rate * step.WeightDecay));
        first.MultiplyInPlace(step.Beta1).AddInPlace(gradient, 1 - step.Beta1);
        second.MultiplyInPlace(step.Beta2).AddProductInPlace(gradient, gradient, 1 - step.Beta2);
        weights.AddQuotientInPlace(first, second.sqrt().MultiplyInPlace(step.Root).AddInPlace(step.Epsilon), -step.Size);
        if (state.Master is not null)
        {
            state.Weights.narrow(0, at, count).copy_(weights);
        }
        else
        {
            Store(state.Weights, weights, "weights");
        }

        Store(state.First, first, "first");
        Store(state.Second, second, "second");

        void Store(Tensor flat, Tensor wide, string name)
        {
            if (flat.dtype != ScalarType.Float32)
            {
                _rounding.Copy(flat.narrow(0, at, count), wide, name, number, at);
            }
        }
    }
}
