using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.ModelWeights;

/// <summary>What weights, gradients and moments of a training are made of.</summary>
public static class Precision
{
    /// <summary>Weights, gradients and moments in float32.</summary>
    public const string Float32 = "float32";

    /// <summary>Weights and gradients in bfloat16; the optimiser works on float32 weights of its own, and rounds them to the nearest after each step.</summary>
    public const string Bf16Master = "bf16-master";

    /// <summary>Weights and gradients in bfloat16 and no others: a step is computed in float32 and rounded at random, right in expectation.</summary>
    public const string Bf16Stochastic = "bf16-stochastic";

    /// <summary>Moments in bfloat16, rounded at random; without training: weights, cache and products.</summary>
    public const string Bf16 = "bf16";

    /// <summary>What <c>precision</c> may be.</summary>
    public static IReadOnlyList<string> OfWeights { get; } = [Float32, Bf16Master, Bf16Stochastic];

    /// <summary>What <c>moments</c> may be.</summary>
    public static IReadOnlyList<string> OfMoments { get; } = [Float32, Bf16];

    /// <summary>What <c>precision</c> of embedding and generation may be.</summary>
    public static IReadOnlyList<string> OfInference { get; } = [Float32, Bf16];

    /// <summary>The type of weights and gradients; null is float32.</summary>
    internal static ScalarType Weights(string? precision) => precision is null or Float32 ? ScalarType.Float32 : ScalarType.BFloat16;

    /// <summary>The type of the moments; null is float32.</summary>
    internal static ScalarType Moments(string? moments) => moments is null or Float32 ? ScalarType.Float32 : ScalarType.BFloat16;
}
