using System.Runtime.InteropServices;
using NaturalThoughts.Checkpoints;
using NaturalThoughts.Contracts;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Model;

/// <summary>Models in and out of folders in Hugging Face layout.</summary>
internal static class CheckpointFiles
{
    /// <summary>Reads config.json and the weights.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="placement">Where the model is made, and of which type; null for float32 on the processor.</param>
    /// <exception cref="UserErrorException">A file is malformed, or a tensor is missing, superfluous or of another shape.</exception>
    public static LlamaModel Load(string folder, Placement? placement = null)
    {
        LlamaWeights weights = new(ModelConfig.Read(folder), placement);
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(folder, CheckpointFolder.Weights));
        foreach (string name in file.Tensors.Keys.Where(name => !weights.Named.ContainsKey(name)))
        {
            throw new UserErrorException($"The tensor '{name}' has no place in the model of config.json.", folder, "Give config.json and weights of the same model.");
        }

        foreach ((string name, Tensor tensor) in weights.Named)
        {
            if (!file.Tensors.TryGetValue(name, out TensorEntry? entry) || !entry.Shape.SequenceEqual(tensor.shape))
            {
                throw new UserErrorException(
                    $"The tensor '{name}' should have the shape [{string.Join(", ", tensor.shape)}] and is {(entry is null ? "missing" : $"[{string.Join(", ", entry.Shape)}]")}.",
                    folder,
                    "Give config.json and weights of the same model.");
            }

            using Tensor values = torch.tensor(file.ReadFloat32(name), tensor.shape);
            tensor.copy_(values);
        }

        return new LlamaModel(weights);
    }

    /// <summary>Writes config.json, generation_config.json, model.safetensors, and copies the tokenizer's files.</summary>
    public static void Save(LlamaModel model, string tokenizerFolder, string folder)
    {
        model.Config.Write(folder);
        GenerationConfig.Of(model.Config).Write(folder);
        CheckpointFolder.CopyTokenizer(tokenizerFolder, folder);
        SafetensorsWriter.Write(
            Path.Combine(folder, CheckpointFolder.Weights),
            model.Weights.Named.Select(item => new TensorData(
                item.Key,
                TensorType.F32,
                item.Value.shape,
                stream => stream.Write(MemoryMarshal.AsBytes<float>(item.Value.to(ScalarType.Float32).cpu().data<float>().ToArray())))));
    }
}
