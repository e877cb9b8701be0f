using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.ModelWeights;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Model;

/// <summary>Models in and out of folders in Hugging Face layout.</summary>
internal static class CheckpointFiles
{
    private const string Embedding = "model.embed_tokens.weight";
    private const string Head = "lm_head.weight";

    /// <summary>Reads config.json and the weights.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="placement">Where the model is made, and of which type; null for float32 on the processor.</param>
    /// <exception cref="UserErrorException">A file is malformed, or a tensor is missing, superfluous or of another shape.</exception>
    public static LlamaModel Load(string folder, Placement? placement = null)
    {
        LlamaWeights weights = LlamaWeights.Unset(ModelConfig.Read(folder), placement ?? Placement.Processor);
        try
        {
            ReadWeights(folder, weights.Config, weights.Named);
            return new LlamaModel(weights);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>Reads the weights of a folder into tensors, whatever float type either has.</summary>
    /// <param name="folder">A checkpoint.</param>
    /// <param name="config">Its config.</param>
    /// <param name="named">Every tensor of the model by its name in checkpoints; changed in place.</param>
    /// <exception cref="UserErrorException">A tensor is missing, superfluous or of another shape, or a file is malformed.</exception>
    public static void ReadWeights(string folder, ModelConfig config, IReadOnlyDictionary<string, Tensor> named)
    {
        using CheckpointWeights file = CheckpointWeights.Open(folder);
        foreach (string name in file.Tensors.Keys.Where(name => !named.ContainsKey(name) && !IsNoWeight(name)))
        {
            if (name != Head || !config.TieWordEmbeddings)
            {
                throw new UserErrorException(
                    $"The tensor '{name}' has no place in the model of config.json.", folder, "Give config.json and weights of the same model.");
            }

            // Transformers 5 would not tie two that differ, Transformers 4 would; so neither is guessed.
            if (!file.Tensors.ContainsKey(Embedding) || !file.Same(Head, Embedding))
            {
                throw new UserErrorException(
                    $"By tie_word_embeddings, '{Head}' is the embedding; it is there and differs.", folder,
                    "Set tie_word_embeddings to false, or remove the tensor.");
            }
        }

        foreach ((string name, Tensor tensor) in named)
        {
            if (!file.Tensors.TryGetValue(name, out TensorEntry? entry) || !entry.Shape.SequenceEqual(tensor.shape))
            {
                throw new UserErrorException(
                    $"The tensor '{name}' should have the shape [{string.Join(", ", tensor.shape)}] and is {(entry is null ? "missing" : $"[{string.Join(", ", entry.Shape)}]")}.",
                    folder,
                    "Give config.json and weights of the same model.");
            }
        }

        WeightTransfer.Read(file, named);
    }

    /// <summary>Writes config.json, generation_config.json and the weights in the config's type, and copies the tokenizer's files.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokenizerFolder">Where its tokenizer is; a generation_config.json there is kept.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="shardBytes">As of <see cref="CheckpointWeights.Write"/>.</param>
    public static void Save(LlamaModel model, string tokenizerFolder, string folder, long shardBytes = CheckpointWeights.ShardBytes)
    {
        model.Config.Write(folder);
        CheckpointFolder.CopyTokenizer(tokenizerFolder, folder);
        string generation = Path.Combine(tokenizerFolder, CheckpointFolder.GenerationConfig);
        if (File.Exists(generation))
        {
            File.Copy(generation, Path.Combine(folder, CheckpointFolder.GenerationConfig), overwrite: true);
        }
        else
        {
            GenerationConfig.Of(model.Config).Write(folder);
        }

        CheckpointWeights.Write(folder, model.Weights.Named.Select(item => WeightTransfer.ToWrite(item.Key, item.Value, model.Config.Dtype)), shardBytes);
    }

    // Checkpoints of Transformers before 4.32 hold the rotary frequencies of each layer, which config.json decides.
    private static bool IsNoWeight(string name) => name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal);
}
