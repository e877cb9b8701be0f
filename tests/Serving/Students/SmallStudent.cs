using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.MiniWorld;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Native;

namespace NaturalThoughts.Serving.Tests.Students;

/// <summary>A small student of random weights with the world's tokenizer, as a folder.</summary>
internal static class SmallStudent
{
    /// <summary>Positions of the model.</summary>
    public const int Positions = 128;

    /// <summary>Writes a small student's checkpoint into a folder.</summary>
    public static string Write(Bench bench)
    {
        NativeLibraries.Load();
        string tokenizerFolder = bench.Run(
            new WorldTokenizerStage(), new WorldTokenizerOptions { Seed = "1", Think = "{question}\n{choices}", Direct = "{question}\n{choices}" });
        Tokenizer tokenizer = Tokenizer.Load(tokenizerFolder);
        ModelConfig config = new()
        {
            HiddenSize = 32,
            IntermediateSize = 64,
            NumHiddenLayers = 2,
            NumAttentionHeads = 4,
            NumKeyValueHeads = 2,
            HeadDim = 8,
            VocabSize = tokenizer.VocabularySize,
            MaxPositionEmbeddings = Positions,
            TieWordEmbeddings = true,
            InitializerRange = 0.2,
            BosTokenId = null,
            EosTokenIds = [tokenizer.IdOf("<|end|>")!.Value],
            PadTokenId = tokenizer.IdOf("<pad>"),
        };
        using LlamaModel model = new(new LlamaWeights(config));
        Initializer.Fill(model.Weights, "served");
        string folder = bench.NewFolder();
        CheckpointFiles.Save(model, tokenizerFolder, folder);
        return folder;
    }
}
