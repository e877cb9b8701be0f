using NaturalThoughts.Student.Backends;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Processor;
using NaturalThoughts.Student.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Training;

/// <summary>
/// AdamW (arXiv 1711.05101) over flat buffers: a step is a few operations, however many parameters there are. It computes in float32; what is kept in bfloat16
/// is rounded as <see cref="Precision"/> says.
/// </summary>
internal sealed class FlatAdamW : IDisposable
{
    private readonly Tensor _first;
    private readonly Tensor _second;
    private readonly Tensor? _master;
    private readonly OptimizerState _state;
    private readonly TrainingOptions _options;
    private double _decay1 = 1;
    private double _decay2 = 1;
    private int _steps;

    /// <param name="weights">What is trained.</param>
    /// <param name="options">How.</param>
    /// <param name="seed">Of stochastic rounding.</param>
    public FlatAdamW(IFlatParameters weights, TrainingOptions options, string seed = "")
    {
        _options = options;
        _first = zeros_like(weights.Flat, dtype: Precision.Moments(options.Moments)).DetachFromDisposeScope();
        _master = options.Precision == Precision.Bf16Master && weights.Flat.dtype != ScalarType.Float32
            ? weights.Flat.to(ScalarType.Float32).DetachFromDisposeScope()
            : null;
        _second = zeros_like(_first).DetachFromDisposeScope();
        _state = new OptimizerState(weights.Flat, _first, _second, _master, weights.Gradient);
        Update = ProcessorUpdate.Takes(_state) ? new ProcessorUpdate() : new TorchUpdate(seed);
    }

    /// <summary>What computes on the buffers.</summary>
    public FlatUpdate Update { get; }

    /// <summary>All that a step changes, by name: what a checkpoint holds.</summary>
    public IReadOnlyDictionary<string, Tensor> State
    {
        get
        {
            SortedDictionary<string, Tensor> state = new(StringComparer.Ordinal) { ["weights"] = _state.Weights, ["first"] = _first, ["second"] = _second };
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
        Count();
        double root = 1 / Math.Sqrt(1 - _decay2);
        Update.Step(_state, new AdamWStep(rate, _options.WeightDecay, _options.Beta1, _options.Beta2, _options.Epsilon, root, rate / (1 - _decay1)), _steps);
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
}
