using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Native;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Student.Tests;

/// <summary>Models and examples that tests share. Torch is loaded when this is first used.</summary>
internal static class TestModels
{
    public static readonly string Fixtures = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    // One thread of torch: its idle ones spin, and take the cores from tests that run at the same time.
    static TestModels()
    {
        NativeLibraries.Load();
        TorchSharp.torch.set_num_threads(1);
    }

    public static LlamaModel Golden(string name, Placement? placement = null) => CheckpointFiles.Load(Path.Combine(Fixtures, name, "checkpoint"), placement);

    public static SafetensorsFile Tensors(string name, string file) => SafetensorsFile.Open(Path.Combine(Fixtures, name, file));

    public static long[] Integers(SafetensorsFile file, string name)
    {
        TensorEntry entry = file.Tensors[name];
        byte[] bytes = new byte[entry.ByteCount];
        file.ReadBytes(name, 0, bytes);
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(bytes).ToArray();
    }

    public static ModelConfig SmallConfig { get; } = new()
    {
        HiddenSize = 32,
        IntermediateSize = 64,
        NumHiddenLayers = 2,
        NumAttentionHeads = 4,
        NumKeyValueHeads = 2,
        HeadDim = 8,
        VocabSize = 50,
        MaxPositionEmbeddings = 96,
        TieWordEmbeddings = true,
        InitializerRange = 0.2,
        BosTokenId = null,
        EosTokenIds = [1],
        PadTokenId = 0,
    };

    public static LlamaModel Small(string seed = "test", Placement? placement = null, bool tied = true)
    {
        LlamaModel model = new(new LlamaWeights(SmallConfig with { TieWordEmbeddings = tied }, placement));
        Initializer.Fill(model.Weights, seed);
        return model;
    }

    public static EncodedRow[] Rows(int count)
    {
        SeededRandom random = SeededRandom.From("rows");
        return [.. Enumerable.Range(0, count).Select(i => new EncodedRow(
            FormattableString.Invariant($"q{i:000}"),
            new EncodedExample([.. Enumerable.Range(0, 6 + random.Next(20)).Select(_ => 2 + random.Next(48)), 1], 4)))];
    }

    public static TrainingOptions Options(int epochs = 1, int batchTokens = 120) =>
        new() { LearningRate = 1e-2, Epochs = epochs, BatchTokens = batchTokens, MaxTokens = 96 };

    public static float[] Values(TorchSharp.torch.Tensor tensor) => tensor.cpu().to(TorchSharp.torch.ScalarType.Float32).contiguous().data<float>().ToArray();
}
