using System.Runtime.InteropServices;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;

namespace NaturalThoughts.Checkpoints.Bench;

/// <summary>A checkpoint of random numbers.</summary>
internal static class RandomCheckpoint
{
    /// <summary>Llama-3.2-3B's shape; 28 layers are 3.2 billion parameters.</summary>
    public static ModelConfig Shape(int layers) => new()
    {
        Dtype = TensorType.BF16,
        HiddenSize = 3072,
        IntermediateSize = 8192,
        NumHiddenLayers = layers,
        NumAttentionHeads = 24,
        NumKeyValueHeads = 8,
        HeadDim = 128,
        VocabSize = 128256,
        MaxPositionEmbeddings = 4096,
        RmsNormEps = 1e-5,
        RopeTheta = 500000,
        RopeScaling = new RopeScaling(32, 1, 4, 8192),
        TieWordEmbeddings = true,
    };

    /// <summary>Writes config.json and the weights.</summary>
    public static void Write(ModelConfig config, string folder)
    {
        config.Write(folder);
        byte[] noise = Noise();
        CheckpointWeights.Write(folder, LlamaWeights.Shapes(config).Select(item => new TensorData(item.Key, TensorType.BF16, item.Value, stream =>
        {
            long left = 2 * item.Value.Aggregate(1L, (size, dimension) => size * dimension);
            for (; left > 0; left -= noise.Length)
            {
                stream.Write(noise.AsSpan(0, (int)Math.Min(noise.Length, left)));
            }
        })));
    }

    // 4 million finite numbers about 0.
    private static byte[] Noise()
    {
        SeededRandom random = SeededRandom.From("checkpoint");
        float[] values = [.. Enumerable.Range(0, 1 << 22).Select(_ => (float)((random.NextDouble() - 0.5) / 16))];
        byte[] noise = new byte[2 * values.Length];
        FloatConversion.Convert(MemoryMarshal.AsBytes(values.AsSpan()), TensorType.F32, noise, TensorType.BF16);
        return noise;
    }
}
