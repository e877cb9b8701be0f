using NaturalThoughts.Contracts;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.ModelWeights;

/// <summary>First weights: norms 1, biases 0, matrices of standard deviation initializer_range, as Transformers does.</summary>
internal static class Initializer
{
    /// <summary>Fills all parameters. Each has a generator of its own, keyed by seed and name.</summary>
    public static void Fill(LlamaWeights weights, string seed)
    {
        foreach ((string name, Tensor tensor) in weights.Named)
        {
            if (name.EndsWith(".bias", StringComparison.Ordinal))
            {
                continue;
            }

            float[] values = new float[tensor.numel()];
            if (tensor.dim() == 1)
            {
                Array.Fill(values, 1f);
            }
            else
            {
                SeededRandom random = SeededRandom.From("weights", seed, name);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (float)(weights.Config.InitializerRange * Normal(random));
                }
            }

            using Tensor filled = torch.tensor(values, tensor.shape);
            tensor.copy_(filled);
        }
    }

    // Irwin-Hall: twelve uniforms have variance 1 in sum. No logarithm or cosine, whose bits depend on the processor.
    private static double Normal(SeededRandom random)
    {
        double sum = -6;
        for (int i = 0; i < 12; i++)
        {
            sum += random.NextDouble();
        }

        return sum;
    }
}
