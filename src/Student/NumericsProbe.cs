using System.Runtime.InteropServices;
using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Generation;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student;

/// <summary>
/// What this process computes on the processor, in one digest: AdamW steps of a tiny student and of an adapter beside it, embeddings, and answers drawn with a
/// cache. Machines with the same digest give the same bits; with another digest results are not comparable.
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
        using IncrementalDigest digest = new();
        digest.Add(model.Weights.Flat);

        LoraAdapter adapter = new(config, new LoraOptions { Rank = 3, Alpha = 6, Targets = ["q_proj", "v_proj", "up_proj", "down_proj"] }, CPU);
        adapter.Fill("probe");
        model.Adapt(adapter);
        trainer.Run(rows[..8], "adapter", null, CancellationToken.None);
        digest.Add(adapter.Flat);
        model.Merge();

        using IDisposable inference = inference_mode();
        long[] ids = [.. rows[0].Tokens.Ids[..20].Concat(rows[1].Tokens.Ids[..20]).Select(id => (long)id)];
        Tensor states = model.Forward(tensor(ids, [2, 20]));
        digest.Add(model.Logits(states));
        digest.Add(model.Backend.Mean(states));
        Generation.Generator generator = new(
            model, new GenerationOptions { Temperature = 0.7, TopP = 0.9, MaxNewTokens = 24, Batch = 4, Seed = "probe" }, [96], 0);
        digest.Add(
            tensor(
                generator.Run([.. rows[..6].Select(row => (row.Id, row.Tokens.Ids[..12]))], null, CancellationToken.None).SelectMany(answer => answer)
                    .Select(id => (float)id).ToArray()));
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
