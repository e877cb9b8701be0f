using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using static TorchSharp.torch;

namespace NaturalThoughts.Gpu.Bench;

/// <summary>A model of random weights.</summary>
internal static class RandomModel
{
    // Logits of random weights are nearly alike, those of a trained model are not: with this, 1,000 tokens of Llama's 128,256 have nearly all the probability.
    private const float HeadScale = 4;

    /// <summary>In bfloat16, of the shape in a folder's config.json.</summary>
    public static LlamaModel Create(string device, string folder)
    {
        ModelConfig config = ModelConfig.Read(folder);
        LlamaModel model = new(new LlamaWeights(config, Placement.Of(device, "bf16")));
        using IDisposable grad = no_grad();
        model.Weights.Flat.normal_(0, config.InitializerRange);
        foreach ((string name, Tensor weight) in model.Weights.Named.Where(item => item.Key.EndsWith("norm.weight", StringComparison.Ordinal)))
        {
            weight.fill_(1);
        }

        return model;
    }

    /// <summary>Makes the probabilities of tokens as unequal as a trained model's.</summary>
    public static void Sharpen(LlamaModel model)
    {
        using IDisposable grad = no_grad();
        model.Head.mul_(HeadScale);
    }
}
