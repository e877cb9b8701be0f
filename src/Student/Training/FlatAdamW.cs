using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Kernels.Cuda;
using NaturalThoughts.Student.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Training;

/// <summary>
/// AdamW (arXiv 1711.05101) over flat buffers: a step is a few operations for each piece of them, however many parameters there are.
/// It computes in float32; what is kept in bfloat16 is rounded as <see cref="Precision"/> says.
/// </summary>
internal sealed class FlatAdamW : IDisposable
{
    private readonly IFlatParameters _weights;
    private readonly TrainingOptions _options;
    private readonly StochasticRounding _rounding;
    private readonly Tensor _first;
    private readonly Tensor _second;
    private readonly Tensor? _master;
    private double _decay1 = 1;
    private double _decay2 = 1;
    private int _steps;

    /// <param name="weights">What is trained.</param>
    /// <param name="options">How.</param>
    /// <param name="seed">Of stochastic rounding.</param>
    public FlatAdamW(IFlatParameters weights, TrainingOptions options, string seed = "")
    {
        _weights = weights;
        _options = options;
        _rounding = new StochasticRounding(seed);
        _first = zeros_like(weights.Flat, dtype: Precision.Moments(options.Moments)).DetachFromDisposeScope();
        _second = zeros_like(_first).DetachFromDisposeScope();
        _master = options.Precision == Precision.Bf16Master && weights.Flat.dtype != ScalarType.Float32 ? weights.Flat.to(ScalarType.Float32).DetachFromDisposeScope() : null;
    }

    /// <summary>All that a step changes, by name: what a checkpoint holds.</summary>
    public IReadOnlyDictionary<string, Tensor> State
    {
        get
        {
            SortedDictionary<string, Tensor> state = new(StringComparer.Ordinal) { ["weights"] = _weights.Flat, ["first"] = _first, ["second"] = _second };
            if (_master is not null)
            {
                state["master"] = _master;
            }

            return state;
        }
    }

    /// <summary>Goes on after steps whose <see cref="State"/> has been restored.</summary>
    public void Continue(int steps)
    {
        // By the same products as step by step: a power could round otherwise.
        for (int i = 0; i < steps; i++)
        {
            Count();
        }
    }

    /// <summary>Applies the gradient in <see cref="IFlatParameters.Gradient"/>.</summary>
    public void Step(double rate)
    {
        using IDisposable grad = no_grad();
        Count();
        foreach ((long at, long count) in FlatPieces.Of(_weights.Flat.numel()))
        {
            using DisposeScope scope = NewDisposeScope();
            Update(at, count, rate);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _master?.Dispose();
    }

    private void Count()
    {
        _decay1 *= _options.Beta1;
        _decay2 *= _options.Beta2;
        _steps++;
    }

    private void Update(long at, long count, double rate)
    {
        double root = 1 / Math.Sqrt(1 - _decay2);
        double size = rate / (1 - _decay1);
        if (CudaKernels.Takes(_weights.Flat) && CudaKernels.Takes(_weights.Gradient))
        {
            (int, int, int) keys = (_rounding.Key("weights", _steps, at), _rounding.Key("first", _steps, at), _rounding.Key("second", _steps, at));
            CudaKernels.AdamW(_weights.Flat, _master, _weights.Gradient, _first, _second, at, count, _options, rate, root, size, keys);
            return;
        }

        // What is float32 already is changed in place, the rest in a copy that is stored below.
        Tensor Wide(Tensor flat) => flat.narrow(0, at, count).to(ScalarType.Float32);
        Tensor gradient = Wide(_weights.Gradient);
        Tensor weights = Wide(_master ?? _weights.Flat);
        Tensor first = Wide(_first);
        Tensor second = Wide(_second);
        if (Fused.Takes(weights))
        {
            AdamW.Apply(weights, gradient, first, second, _options, rate, root, size);
        }
        else
        {
            weights.MultiplyInPlace(1 - (rate * _options.WeightDecay));
            first.MultiplyInPlace(_options.Beta1).AddInPlace(gradient, 1 - _options.Beta1);
            second.MultiplyInPlace(_options.Beta2).AddProductInPlace(gradient, gradient, 1 - _options.Beta2);
            weights.AddQuotientInPlace(first, second.sqrt().MultiplyInPlace(root).AddInPlace(_options.Epsilon), -size);
        }

        if (_master is not null)
        {
            _weights.Flat.narrow(0, at, count).copy_(weights);
        }
        else
        {
            Store(_weights.Flat, weights, "weights");
        }

        Store(_first, first, "first");
        Store(_second, second, "second");

        void Store(Tensor flat, Tensor wide, string name)
        {
            if (flat.dtype != ScalarType.Float32)
            {
                _rounding.Copy(flat.narrow(0, at, count), wide, name, _steps, at);
            }
        }
    }
}
