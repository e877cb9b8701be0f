using NaturalThoughts.Student.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Training;

/// <summary>AdamW (arXiv 1711.05101) over one flat buffer: a step is a few operations, however many parameters there are.</summary>
internal sealed class FlatAdamW : IDisposable
{
    private readonly LlamaWeights _weights;
    private readonly TrainingOptions _options;
    private readonly Tensor _first;
    private readonly Tensor _second;
    private double _decay1 = 1;
    private double _decay2 = 1;

    public FlatAdamW(LlamaWeights weights, TrainingOptions options)
    {
        _weights = weights;
        _options = options;
        _first = zeros_like(weights.Flat).DetachFromDisposeScope();
        _second = zeros_like(weights.Flat).DetachFromDisposeScope();
    }

    /// <summary>All that a step changes, by name: what a checkpoint holds.</summary>
    public IReadOnlyDictionary<string, Tensor> State => new SortedDictionary<string, Tensor>(StringComparer.Ordinal)
    {
        ["weights"] = _weights.Flat,
        ["first"] = _first,
        ["second"] = _second,
    };

    /// <summary>Goes on after steps whose <see cref="State"/> has been restored.</summary>
    public void Continue(int steps)
    {
        // By the same products as step by step: a power could round otherwise.
        for (int i = 0; i < steps; i++)
        {
            _decay1 *= _options.Beta1;
            _decay2 *= _options.Beta2;
        }
    }

    /// <summary>Applies the gradient in <see cref="LlamaWeights.Gradient"/>.</summary>
    public void Step(double rate)
    {
        using IDisposable grad = no_grad();
        _decay1 *= _options.Beta1;
        _decay2 *= _options.Beta2;
        Tensor gradient = _weights.Gradient;
        _weights.Flat.mul_(1 - (rate * _options.WeightDecay));
        _first.mul_(_options.Beta1).add_(gradient, alpha: 1 - _options.Beta1);
        _second.mul_(_options.Beta2).addcmul_(gradient, gradient, 1 - _options.Beta2);
        Tensor root = _second.sqrt().mul_(1 / Math.Sqrt(1 - _decay2)).add_(_options.Epsilon);
        _weights.Flat.addcdiv_(_first, root, -rate / (1 - _decay1));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }
}
