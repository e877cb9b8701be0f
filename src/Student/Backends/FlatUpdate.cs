using NaturalThoughts.Student.Kernels;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Backends;

/// <summary>What a training does with its flat buffers; chosen once, by what they are made of.</summary>
internal abstract class FlatUpdate
{
    /// <summary>The Euclidean norm of a buffer.</summary>
    public abstract double Norm(Tensor flat);

    /// <summary>Multiplies a flat buffer by a number, in place.</summary>
    public abstract void Scale(Tensor flat, double factor);

    /// <summary>Takes one step of AdamW over the flat buffers.</summary>
    /// <param name="state">Is changed.</param>
    /// <param name="step">The numbers of the step.</param>
    /// <param name="number">Of the step, counted from 1.</param>
    public abstract void Step(OptimizerState state, AdamWStep step, int number);
}
