using NaturalThoughts.Contracts;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Kernels;

/// <summary>Compares kernels, and their gradients, with torch's operations in float64.</summary>
internal static class KernelCheck
{
    /// <summary>Draws in [-size, size).</summary>
    public static Tensor Draws(string seed, double size, params long[] shape)
    {
        _ = TestModels.Fixtures.Length + TestModels.Rows(1).Length; // torch is loaded
        SeededRandom random = SeededRandom.From("kernel", seed);
        long count = shape.Aggregate(1L, (product, dimension) => product * dimension);
        return tensor([.. Enumerable.Range(0, (int)count).Select(_ => (float)(((random.NextDouble() * 2) - 1) * size))], shape);
    }

    /// <summary>Values of a kernel, and its gradients, against those of a function in float64; the gradient that goes in is drawn.</summary>
    /// <param name="kernel">In float32, without a gradient.</param>
    /// <param name="differentiated">Its values again, and the gradients of the inputs where that of <see cref="Gradient"/> goes in.</param>
    /// <param name="reference">In float64.</param>
    /// <param name="tolerance">Of an element, absolute.</param>
    /// <param name="inputs">What all are functions of.</param>
    public static void Same(
        Func<Tensor[], Tensor> kernel, Func<Tensor[], (float[] Values, float[][] Gradients)> differentiated, Func<Tensor[], Tensor> reference, double tolerance,
        params Tensor[] inputs)
    {
        (float[] values, float[][] gradients) = differentiated([.. inputs.Select(input => input.detach().clone().requires_grad_(true))]);
        (float[] expected, float[][] expectedGradients) = Run(
            reference, [.. inputs.Select(input => input.detach().to(ScalarType.Float64).requires_grad_(true))]);
        Close(expected, values, tolerance);
        for (int i = 0; i < inputs.Length; i++)
        {
            Close(expectedGradients[i], gradients[i], tolerance);
        }

        using IDisposable grad = no_grad();
        Close(expected, TestModels.Values(kernel(inputs)), tolerance);
    }

    /// <summary>The gradient that goes in, of values of a shape.</summary>
    public static Tensor Gradient(long[] shape) => Draws("gradient", 1, shape);

    /// <summary>All elements, no number among them.</summary>
    public static void Close(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"element {i}: {expected[i]} and {actual[i]}");
        }
    }

    private static (float[] Values, float[][] Gradients) Run(Func<Tensor[], Tensor> function, Tensor[] inputs)
    {
        Tensor y = function(inputs);
        Tensor weights = Gradient(y.shape).to(y.dtype);
        (y * weights).sum().backward();
        return (TestModels.Values(y.to(ScalarType.Float32)), [.. inputs.Select(input => TestModels.Values(input.grad!.to(ScalarType.Float32)))]);
    }
}
