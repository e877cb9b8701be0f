using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Lora;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Model;

/// <summary>Adapters from and to folders in PEFT's layout: adapter_config.json and adapter_model.safetensors.</summary>
public static class LoraFiles
{
    /// <summary>The tensors of an adapter.</summary>
    public const string Weights = "adapter_model.safetensors";

    /// <summary>Reads an adapter of a model.</summary>
    /// <param name="folder">The adapter's folder.</param>
    /// <param name="config">The shape of the model.</param>
    /// <param name="device">Where the model is; null for the processor.</param>
    /// <exception cref="UserErrorException">A file is missing or malformed, asks for what is not supported, or is of another model.</exception>
    public static LoraAdapter Read(string folder, ModelConfig config, Device? device = null)
    {
        LoraAdapter adapter = new(config, LoraConfig.Read(folder), device ?? CPU);
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(folder, Weights));
            foreach (string name in adapter.Named.Keys.Union(file.Tensors.Keys, StringComparer.Ordinal))
            {
                string expected = adapter.Named.TryGetValue(name, out Tensor? tensor) ? Text(tensor.shape) : "no place";
                string found = file.Tensors.TryGetValue(name, out TensorEntry? entry) ? Text(entry.Shape) : "is missing";
                if (expected != found)
                {
                    throw new UserErrorException(
                        $"The adapter's tensor '{name}': {found} in the file, {expected} in the model.", Path.Combine(folder, Weights),
                        "Give the adapter of this model.");
                }
            }

            WeightTransfer.Read(file, adapter.Named);
            return adapter;
        }
        catch
        {
            adapter.Dispose();
            throw;
        }
    }

    /// <summary>Writes an adapter, float32.</summary>
    public static void Write(LoraAdapter adapter, string folder)
    {
        Directory.CreateDirectory(folder);
        LoraConfig.Write(adapter.Options, folder);
        SafetensorsWriter.Write(Path.Combine(folder, Weights), adapter.Named.Select(item => WeightTransfer.ToWrite(item.Key, item.Value, TensorType.F32)));
    }

    private static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
