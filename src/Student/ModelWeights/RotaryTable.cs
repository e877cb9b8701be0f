using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Student.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.ModelWeights;

/// <summary>Cosines and sines of rotary position embeddings (RoFormer, arXiv 2104.09864) in Hugging Face's rotate-half layout.</summary>
internal sealed class RotaryTable : IDisposable
{
    /// <param name="config">Head width, base and scaling.</param>
    /// <param name="positions">Number of positions.</param>
    /// <param name="placement">Where, and of which type.</param>
    public RotaryTable(ModelConfig config, int positions, Placement placement)
    {
        int half = config.HeadDim / 2;
        float[] cos = new float[positions * config.HeadDim];
        float[] sin = new float[positions * config.HeadDim];
        for (int i = 0; i < half; i++)
        {
            double frequency = ScalarMath.Pow(config.RopeTheta, -2.0 * i / config.HeadDim);
            frequency = config.RopeScaling?.Apply(frequency) ?? frequency;
            for (int t = 0; t < positions; t++)
            {
                int at = (t * config.HeadDim) + i;
                float angle = t * (float)frequency;
                (double sine, double cosine) = ScalarMath.SineAndCosine(angle);
                cos[at] = cos[at + half] = (float)cosine;
                sin[at + half] = (float)sine;
                sin[at] = -sin[at + half];
            }
        }

        Cos = placement.Values(cos, positions, config.HeadDim).DetachFromDisposeScope();
        SignedSin = placement.Values(sin, positions, config.HeadDim).DetachFromDisposeScope();
    }

    /// <summary>Number of positions in the table.</summary>
    public long Length => Cos.shape[0];

    /// <summary>The cosines, [positions, D].</summary>
    public Tensor Cos { get; }

    /// <summary>The sines, [positions, D]; the first half negated, so that rotation is x * cos + roll(x, D / 2) * sin.</summary>
    public Tensor SignedSin { get; }

    /// <summary>Rotates heads by their positions; returns [..., D].</summary>
    /// <param name="x">[..., D].</param>
    /// <param name="cos">Broadcasts against <paramref name="x"/>.</param>
    /// <param name="signedSin">Broadcasts against <paramref name="x"/>.</param>
    public static Tensor Rotate(Tensor x, Tensor cos, Tensor signedSin)
    {
        long half = x.shape[^1] / 2;
        return (x * cos).AddProductInPlace(x.roll(half, -1), signedSin);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Cos.Dispose();
        SignedSin.Dispose();
    }
}
