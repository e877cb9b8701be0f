using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Backends;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Processor;
using NaturalThoughts.Student.Torch;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Model;

/// <summary>Both backends against the model as defined, differentiated by autograd in float64.</summary>
public sealed class BackendTests
{
    // Of the largest element of a parameter's gradient: float32 against float64.
    private const double Tolerance = 2e-5;
    private static readonly TrainingOptions Keep = TestModels.Options();

    /// <summary>Random shapes: odd widths, one head, one token, one row, with and without biases, adapters and a tied output matrix.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Should_GiveTheGradientOfAutograd_When_ShapesAreRandom(int seed)
    {
        _ = TestModels.Fixtures;
        SeededRandom random = SeededRandom.From("shapes", $"{seed}");
        bool Coin() => random.Next(2) == 0;
        int keys = 1 + random.Next(3);
        ModelConfig config = TestModels.SmallConfig with
        {
            HiddenSize = 3 + random.Next(40),
            IntermediateSize = 1 + random.Next(60),
            NumHiddenLayers = 1 + random.Next(3),
            NumAttentionHeads = keys * (1 + random.Next(3)),
            NumKeyValueHeads = keys,
            HeadDim = 2 * (1 + random.Next(12)),
            VocabSize = 5 + random.Next(60),
            TieWordEmbeddings = Coin(),
            Family = Coin() ? ModelFamily.Qwen2 : ModelFamily.Llama,
            AttentionBias = Coin(),
            MlpBias = Coin(),
        };
        int longest = seed % 6 == 0 ? 2 : 2 + random.Next(90);
        EncodedRow[] rows = [.. Enumerable.Range(0, seed % 5 == 0 ? 1 : 1 + random.Next(9)).Select(i =>
        {
            int length = 2 + random.Next(longest - 1);
            return new EncodedRow(
                $"q{i}", new EncodedExample([.. Enumerable.Range(0, length).Select(_ => random.Next(config.VocabSize))], 1 + random.Next(length - 1)));
        })];
        string[] targets = [.. LoraOptions.Modules.Where(_ => Coin())];
        bool adapted = Coin() && targets.Length > 0;
        Func<ModelParts, Backend>[] backends = [parts => new ProcessorBackend(parts), parts => new TorchBackend(parts)];
        foreach (Func<ModelParts, Backend> backend in backends)
        {
            using LlamaModel model = new(new LlamaWeights(config), backend);
            Initializer.Fill(model.Weights, "tape");
            model.Weights.Flat.AddInPlace(0.01); // biases that are not 0
            if (adapted)
            {
                LoraAdapter adapter = new(config, new LoraOptions { Rank = 1 + random.Next(9), Alpha = 8, Targets = targets }, CPU);
                adapter.Fill("tape");
                adapter.Flat.AddInPlace(0.02); // B is not 0
                model.Adapt(adapter);
            }

            CompareWithAutograd(model, rows);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Should_ChangeNoBit_When_LessIsKept(bool adapted)
    {
        EncodedRow[] rows = TestModels.Rows(9);
        TrainingOptions recompute = Keep with { ActivationCheckpointing = true };
        long tokens = TokenBatch.Of(rows, 0).Ids.numel();
        foreach (Func<ModelParts, Backend> backend in (Func<ModelParts, Backend>[])[parts => new ProcessorBackend(parts), parts => new TorchBackend(parts)])
        {
            using LlamaModel model = Wide(Placement.Processor, adapted, backend);
            TrainingOptions last = Enumerable.Range(1, 200).Select(mb => recompute with { ActivationMemoryGb = mb * 1e-5 })
                .First(options => MemoryEstimate.KeptLayers(model.Config, options, tokens) == 1);
            float[] gradient = Backward(new LossPass(model, Keep), model, rows).Gradient;
            Assert.Contains(gradient, value => value != 0);
            Assert.Equal(gradient, Backward(new LossPass(model, recompute), model, rows).Gradient);
            Assert.Equal(gradient, Backward(new LossPass(model, last), model, rows).Gradient);
        }
    }

    /// <summary>A row alone, and among 63 others that are shorter and longer: logits in training's forward pass, and step by step with a cache.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Should_HaveTheSameLogits_When_ARowHasNeighbours(bool biased, bool keeps)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable grad = no_grad();
        using LlamaModel model = new(
            new LlamaWeights(TestModels.SmallConfig with { HiddenSize = 37, IntermediateSize = 53, AttentionBias = biased, MlpBias = biased }));
        Initializer.Fill(model.Weights, "neighbours");
        model.Weights.Flat.AddInPlace(0.01);
        SeededRandom random = SeededRandom.From("neighbours");
        long[][] rows = [.. Enumerable.Range(0, 64).Select(i => Enumerable.Range(0, 3 + random.Next(40)).Select(_ => (long)(2 + random.Next(48))).ToArray())];
        int most = rows.Max(row => row.Length);

        // Pads on the right.
        Tensor all = model.Logits(model.Forward(tensor([.. rows.SelectMany(row => row.Concat(Enumerable.Repeat(0L, most - row.Length)))], [64, most])));
        for (int i = 0; i < rows.Length; i++)
        {
            float[] alone = TestModels.Values(model.Logits(model.Forward(tensor(rows[i], [1, rows[i].Length]))));
            Assert.Equal(alone, TestModels.Values(all[i].narrow(0, 0, rows[i].Length)));
        }

        // Pads on the left, then two more tokens.
        using IDisposable? kept = keeps ? model.Backend.KeepWeights() : null;
        Tensor[] together = Cached(rows, most);
        for (int i = 0; i < rows.Length; i++)
        {
            Tensor[] alone = Cached([rows[i]], rows[i].Length);
            for (int step = 0; step < alone.Length; step++)
            {
                Assert.Equal(TestModels.Values(alone[step]), TestModels.Values(together[step][i]));
            }
        }

        Tensor[] Cached(long[][] prompts, int width)
        {
            using KeyValueCache cache = new(model.Weights, [.. prompts.Select(prompt => width - prompt.Length)], width + 2);
            Tensor first = model.Step(
                tensor([.. prompts.SelectMany(prompt => Enumerable.Repeat(0L, width - prompt.Length).Concat(prompt))], [prompts.Length, width]), cache);
            Tensor second = model.Step(tensor([.. prompts.Select(prompt => prompt[0])], [prompts.Length, 1]), cache);
            Tensor third = model.Step(tensor([.. prompts.Select(prompt => prompt[1])], [prompts.Length, 1]), cache);
            return [model.Logits(first), model.Logits(second), model.Logits(third)];
        }
    }

    [Fact]
    public void Should_ChangeNoBit_When_AnAdapterIsNew()
    {
        using DisposeScope scope = NewDisposeScope();
        using LlamaModel model = TestModels.Small(tied: false);
        Tensor ids = tensor([.. Enumerable.Range(2, 40).Select(id => (long)id)], [2, 20]);
        float[] before = TestModels.Values(model.Logits(model.Forward(ids)));
        LoraAdapter adapter = new(model.Config, new LoraOptions { Rank = 4, Alpha = 8, Targets = LoraOptions.Modules }, CPU);
        adapter.Fill("new");
        model.Adapt(adapter);
        Assert.Equal(before, TestModels.Values(model.Logits(model.Forward(ids))));
        float[] weights = TestModels.Values(model.Weights.Flat);
        model.Merge();
        Assert.Equal(weights, TestModels.Values(model.Weights.Flat));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    [InlineData(true, 3)]
    public void Should_BeNearTheGradientInFloat32_When_Bf16(bool adapted, int shards) => CompareWithFloat32("cpu", adapted, shards);

    // With heads of a width that the kernels rotate.
    [CudaTheory]
    [Trait("Category", "gpu")]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    [InlineData(true, 3)]
    public void Should_BeNearTheGradientInFloat32_When_OnAGpu(bool adapted, int shards) => CompareWithFloat32("cuda", adapted, shards);

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Should_KeepLiveTensorsConstant_When_SteppingOn(bool bf16, bool adapted)
    {
        using LlamaModel model = Wide(Placement.Of("cpu", bf16 ? "bf16" : null), adapted);
        TrainingOptions options = TestModels.Options() with
        {
            Precision = bf16 ? Precision.Bf16Stochastic : null,
            MicroBatchTokens = 60,
            ActivationCheckpointing = true,
            ActivationMemoryGb = 3e-5, // for a part of the layers
        };
        long Count()
        {
            new Trainer(model, options, 0) { MostLogits = 350 }.Run(TestModels.Rows(10), "1", null, CancellationToken.None);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Tensor.TotalCount;
        }

        _ = Count();
        long before = Count();
        Assert.All(Enumerable.Range(0, 10), _ => Assert.InRange(Count(), 0, before));
    }

    private static LlamaModel Wide(Placement placement, bool adapted, Func<ModelParts, Backend>? backend = null)
    {
        LlamaModel model = new(
            new LlamaWeights(TestModels.SmallConfig with { HiddenSize = 64, HeadDim = 16, NumHiddenLayers = 3, TieWordEmbeddings = false }, placement),
            backend);
        Initializer.Fill(model.Weights, "tape");
        using (no_grad())
        using (DisposeScope scope = NewDisposeScope())
        {
            model.Weights.Flat.copy_(model.Weights.Flat.to(ScalarType.BFloat16));
        }

        if (adapted)
        {
            LoraAdapter adapter = new(
                model.Config, new LoraOptions { Rank = 4, Alpha = 8, Targets = ["q_proj", "v_proj", "gate_proj", "down_proj"] }, placement.Device);
            adapter.Fill("tape");
            adapter.Flat.add_(0.02);
            model.Adapt(adapter);
        }

        return model;
    }

    // What rounding to bfloat16 costs is compared with the norm of the gradient in float32, of weights that are rounded already.
    private static void CompareWithFloat32(string device, bool adapted, int shards)
    {
        float[] Gradient(Placement placement, int shards)
        {
            using LlamaModel model = Wide(placement, adapted);
            LlamaModel[] copies = [.. Enumerable.Range(1, shards - 1).Select(_ => model.Share())];
            using DisposeScope scope = NewDisposeScope();
            new Trainer(model, Keep with { Shards = shards }, 0, shards).Backward(TestModels.Rows(9), [model, .. copies]);
            float[] gradient = TestModels.Values(model.Trained.Gradient);
            Array.ForEach(copies, copy => copy.Dispose());
            return gradient;
        }

        float[] exact = Gradient(Placement.Processor, 1);
        float[] rounded = Gradient(Placement.Of(device, "bf16"), shards);
        double error = Math.Sqrt(exact.Zip(rounded).Sum(pair => Math.Pow(pair.First - pair.Second, 2)) / exact.Sum(value => Math.Pow(value, 2)));
        Assert.InRange(error, 1e-4, 0.06); // 0.040 to 0.042 on the processor
    }

    private static void CompareWithAutograd(LlamaModel model, EncodedRow[] rows)
    {
        using DisposeScope scope = NewDisposeScope();
        TokenBatch batch = TokenBatch.Of(rows, 0);
        int supervised = rows.Sum(row => row.Tokens.SupervisedLength);
        (double loss, IReadOnlyDictionary<string, Tensor> expected) = new AutogradModel(model).Backward(batch, supervised);
        foreach (long logits in (long[])[LossPass.MostLogits, 7 * model.Config.VocabSize])
        {
            (double written, float[] _) = Backward(new LossPass(model, Keep) { Logits = logits }, model, rows);
            Assert.InRange(written / loss, 1 - 1e-6, 1 + 1e-6);
            double largest = expected.Values.Max(gradient => gradient.abs().max().item<double>());
            foreach ((string name, Tensor gradient) in model.Adapter?.NamedGradients ?? model.Weights.NamedGradients)
            {
                double difference = (gradient.to(ScalarType.Float64) - expected[name]).abs().max().item<double>();
                Assert.True(difference <= Tolerance * largest, $"{name}: {difference} of {largest}");
            }
        }
    }

    private static (double Loss, float[] Gradient) Backward(LossPass pass, LlamaModel model, EncodedRow[] rows)
    {
        using DisposeScope scope = NewDisposeScope();
        model.Trained.Gradient.zero_();
        double loss = pass.Add(TokenBatch.Of(rows, 0), rows.Sum(row => row.Tokens.SupervisedLength));
        return (loss, TestModels.Values(model.Trained.Gradient));
    }
}
