using System.Runtime.InteropServices;
using NaturalThoughts.Checkpoints;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student;

/// <summary>
/// What this process computes, in one digest: five AdamW steps of a tiny student, and a sample of exp, log, cos and softmax. Two machines
/// with the same digest are expected to give the same bits; with another digest results are not comparable.
/// </summary>
public static class NumericsProbe
{
    /// <summary>Runs the probe; torch must be loaded.</summary>
    public static ContentHash Run()
    {
        using DisposeScope scope = NewDisposeScope();
        ModelConfig config = new()
        {
            HiddenSize = 48,
            IntermediateSize = 96,
            NumHiddenLayers = 2,
            NumAttentionHeads = 4,
            NumKeyValueHeads = 2,
            HeadDim = 12,
            VocabSize = 97,
            MaxPositionEmbeddings = 64,
            TieWordEmbeddings = true,
        };
        using LlamaModel model = new(new LlamaWeights(config));
        Initializer.Fill(model.Weights, "probe");
        SeededRandom random = SeededRandom.From("probe");
        EncodedRow[] rows = [.. Enumerable.Range(0, 40).Select(i => new EncodedRow(
            FormattableString.Invariant($"row{i}"),
            new EncodedExample([.. Enumerable.Range(0, 20 + random.Next(30)).Select(_ => random.Next(97))], 5)))];
        Trainer trainer = new(model, new TrainingOptions { LearningRate = 1e-2, Epochs = 1, BatchTokens = 400, MaxTokens = 64, ClipNorm = 1 }, padId: 0);
        trainer.Run(rows[..(5 * 8)], "probe", null, CancellationToken.None);
        float[] sample = [.. Enumerable.Range(0, 4096).Select(_ => (float)((random.NextDouble() * 20) - 10))];
        Tensor x = tensor(sample);
        Tensor functions = cat([x.exp(), x.abs().log(), x.cos(), x.view(64, 64).softmax(-1).view(-1), x.sigmoid(), x.tanh()]);
        using IncrementalDigest digest = new();
        digest.Add(model.Weights.Flat);
        digest.Add(functions);
        return digest.Value;
    }

    private sealed class IncrementalDigest : IDisposable
    {
        private readonly MemoryStream _bytes = new();

        public ContentHash Value => ContentHash.Of(_bytes.ToArray());

        public void Add(Tensor values) => _bytes.Write(MemoryMarshal.AsBytes<float>(values.data<float>().ToArray()));

        public void Dispose() => _bytes.Dispose();
    }
}
