using System.Runtime.InteropServices;
using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Native;
using NaturalThoughts.Student.Training;
using TorchSharp;

namespace NaturalThoughts.Student.Bench;

/// <summary>
/// Training steps of a tiny student, alone or beside a thread that allocates and collects without pause: what the garbage collector frees while
/// native code still reads it ends the process, or changes a bit.
/// </summary>
internal static class Soak
{
    private static readonly ModelConfig Tiny = new()
    {
        HiddenSize = 16,
        IntermediateSize = 32,
        NumHiddenLayers = 1,
        NumAttentionHeads = 2,
        NumKeyValueHeads = 1,
        HeadDim = 8,
        VocabSize = 40,
        MaxPositionEmbeddings = 16,
        TieWordEmbeddings = true,
    };

    /// <summary>Trains a tiny student, alone or beside a thread that collects garbage without pause.</summary>
    /// <param name="steps">How many steps.</param>
    /// <param name="collecting">Whether the other thread is there.</param>
    /// <param name="recipe"><c>full</c>: all weights, float32; <c>adapter</c>: a LoRA adapter; <c>bf16</c>: weights and moments in bfloat16, rounded at
    /// random.</param>
    /// <returns>The first 16 digits of the SHA-256 of weights and training log.</returns>
    public static string Run(int steps, bool collecting, string recipe)
    {
        NativeLibraries.Load();
        torch.set_num_threads(1);
        bool half = recipe == "bf16";
        TrainingOptions options = new()
        {
            LearningRate = 1e-3,
            Epochs = steps, // of one batch each
            BatchTokens = 64,
            MaxTokens = 16,
            ClipNorm = 0.1,
            Precision = half ? Precision.Bf16Stochastic : null,
            Moments = half ? Precision.Bf16 : null,
        };
        using LlamaModel model = new(new LlamaWeights(Tiny, half ? new Placement(torch.CPU, torch.ScalarType.BFloat16) : null));
        Initializer.Fill(model.Weights, "soak");
        if (recipe == "adapter")
        {
            LoraAdapter adapter = new(Tiny, new LoraOptions { Rank = 2, Alpha = 4, Targets = ["q_proj", "v_proj", "down_proj"] }, torch.CPU);
            adapter.Fill("soak");
            model.Adapt(adapter);
        }

        SeededRandom random = SeededRandom.From("soak");
        EncodedRow[] rows =
            [.. Enumerable.Range(0, 4)
                .Select(i => new EncodedRow($"row{i}", new EncodedExample([.. Enumerable.Range(0, 10 + i).Select(_ => random.Next(Tiny.VocabSize))], 3)))];
        Trainer trainer = new(model, options, 0);
        using CancellationTokenSource end = new();
        Thread collector = new(() => Collect(end.Token)) { IsBackground = true };
        if (collecting)
        {
            collector.Start();
        }

        trainer.Run(rows, "soak", null, CancellationToken.None);
        end.Cancel();
        if (collecting)
        {
            collector.Join();
        }

        byte[] bits = MemoryMarshal.AsBytes<byte>(model.Trained.Flat.bytes).ToArray();
        return ContentHash.Of([.. bits, .. System.Text.Encoding.UTF8.GetBytes(trainer.Log)]).Hex[..16];
    }

    // Small objects that die young, and some that live for a while; all generations are collected, the youngest most often.
    private static void Collect(CancellationToken end)
    {
        byte[][] kept = new byte[64][];
        for (int i = 0; !end.IsCancellationRequested; i++)
        {
            for (int j = 0; j < 64; j++)
            {
                kept[(i + j) % kept.Length] = new byte[256];
            }

            GC.Collect(i % 16 == 0 ? 2 : 0, GCCollectionMode.Forced, blocking: true);
            GC.WaitForPendingFinalizers();
        }
    }
}
