using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Lora;

public sealed class LoraAdapterTests
{
    private static LoraOptions Options(params string[] targets) => new() { Rank = 3, Alpha = 6, Targets = targets };

    private static LlamaModel Adapted(LoraOptions options, string seed = "1")
    {
        LlamaModel model = TestModels.Small();
        LoraAdapter adapter = new(model.Config, options, CPU);
        adapter.Fill(seed);
        model.Adapt(adapter);
        return model;
    }

    private static float[] Logits(LlamaModel model)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = inference_mode();
        return TestModels.Values(model.Logits(model.Forward(tensor(new long[] { 2, 3, 5, 7, 11, 13 }, [2, 3]))));
    }

    [Fact]
    public void Should_ChangeNothing_When_TheAdapterIsNew()
    {
        using LlamaModel plain = TestModels.Small();
        using LlamaModel adapted = Adapted(Options("q_proj", "v_proj", "up_proj"));

        // Layers without adapters are one operation in the native class, and round otherwise.
        Assert.All(Logits(plain).Zip(Logits(adapted)), pair => Assert.Equal(pair.First, pair.Second, 1e-5));

        // 32 wide, 16 of keys and values, 64 inside, two layers; q, v and up have (in + out) * rank each.
        Assert.Equal(2 * 3 * (32 + 32 + 32 + 16 + 32 + 64), adapted.Trained.Flat.numel());
        float[] a = TestModels.Values(adapted.Adapter!.Named["base_model.model.model.layers.1.self_attn.q_proj.lora_A.weight"]);
        double bound = 1 / Math.Sqrt(32);
        Assert.All(a, value => Assert.InRange(value, -bound, bound));
        Assert.InRange(a.Max() - a.Min(), 1.5 * bound, 2 * bound);
        using LlamaModel other = Adapted(Options("q_proj", "v_proj", "up_proj"), "2");
        Assert.NotEqual(TestModels.Values(other.Trained.Flat), TestModels.Values(adapted.Trained.Flat));
    }

    [Theory]
    [InlineData("q_proj")]
    [InlineData("k_proj", "gate_proj")]
    [InlineData("v_proj", "o_proj", "up_proj", "down_proj")]
    public void Should_LearnWithTheAdapterAlone_When_Trained(params string[] targets)
    {
        using LlamaModel model = Adapted(Options(targets));
        float[] weights = TestModels.Values(model.Weights.Flat), before = TestModels.Values(model.Trained.Flat);
        Trainer trainer = new(model, TestModels.Options(epochs: 6), 0);
        trainer.Run(TestModels.Rows(20), "1", null, CancellationToken.None);

        Assert.Equal(weights, TestModels.Values(model.Weights.Flat));
        float[] after = TestModels.Values(model.Trained.Flat);
        Assert.All(model.Adapter!.Named.Values, tensor => Assert.Contains(TestModels.Values(tensor), value => value != 0));
        Assert.NotEqual(before, after);
        double[] losses =
            [.. trainer.Log.Split('\n')[1..^1].Select(line => double.Parse(line.Split(',')[2], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.True(losses[^3..].Average() < losses[..3].Average());

        // Merged, the model computes the same.
        float[] adapted = Logits(model);
        model.Merge();
        Assert.NotEqual(weights, TestModels.Values(model.Weights.Flat));
        Assert.All(adapted.Zip(Logits(model)), pair => Assert.InRange(pair.Second - pair.First, -1e-4, 1e-4));
    }

    [Fact]
    public void Should_RoundAlone_When_TheBatchIsShardedAndNotAtAll_When_ThreadsDiffer()
    {
        float[] Sharded(int shards, int threads)
        {
            using LlamaModel model = Adapted(Options("q_proj", "down_proj"));
            new Trainer(model, TestModels.Options() with { Shards = shards }, 0, threads).Run(TestModels.Rows(31), "1", null, CancellationToken.None);
            return TestModels.Values(model.Trained.Flat);
        }

        float[] two = Sharded(2, 2);
        Assert.Equal(two, Sharded(2, 1));
        Assert.All(Sharded(1, 1).Zip(two), pair => Assert.InRange(pair.First - pair.Second, -2e-3, 2e-3));
    }

    [Fact]
    public void Should_HaveNoGradientOfTheWeights_When_Adapted()
    {
        using LlamaModel model = Adapted(Options("q_proj"));
        using (DisposeScope scope = NewDisposeScope())
        {
            new Trainer(model, TestModels.Options(), 0).Backward(TestModels.Rows(4), [model]);
        }

        // A first look at them would allocate zeros; what the backward pass had made would be there without it.
        foreach (string name in new[] { "embed", "norm", "model.layers.0.qkv", "model.layers.1.down", "model.layers.1.norm2" })
        {
            Assert.False(model.Weights[name].requires_grad);
            Assert.True(model.Weights[name].grad is null, name);
        }
    }

    [Fact]
    public void Should_KeepLiveTensorsConstant_When_SteppingOn()
    {
        using LlamaModel model = Adapted(Options("q_proj", "k_proj", "up_proj"));
        Trainer trainer = new(model, TestModels.Options(), 0);
        trainer.Run(TestModels.Rows(10), "1", null, CancellationToken.None);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = Tensor.TotalCount;
        for (int i = 0; i < 20; i++)
        {
            trainer.Run(TestModels.Rows(10), "1", null, CancellationToken.None);
        }

        Assert.InRange(Tensor.TotalCount, 0, before);
    }

    [Fact]
    public void Should_MergeInFloat32_When_TheModelIsBf16()
    {
        using LlamaModel model = CheckpointFiles.Load(Path.Combine(TestModels.Fixtures, "llama-gqa-untied-bf16-sharded"), Placement.Of("cpu", "bf16"));
        using LlamaModel wide = CheckpointFiles.Load(Path.Combine(TestModels.Fixtures, "llama-gqa-untied-bf16-sharded"));
        string adapter = Path.Combine(TestModels.Fixtures, "lora-on-llama-gqa-untied", "adapter");
        foreach (LlamaModel one in new[] { model, wide })
        {
            one.Adapt(LoraFiles.Read(adapter, one.Config));
            one.Merge();
        }

        Assert.Equal(ScalarType.BFloat16, model.Weights.Flat.dtype);
        foreach ((string name, Tensor weight) in wide.Weights.Named)
        {
            using DisposeScope scope = NewDisposeScope();

            // Rounded once: where two orders of a sum in float32 lie on both sides of a middle, its neighbour.
            Tensor rounded = model.Weights.Named[name].to(ScalarType.Float32);
            Assert.True(((weight - rounded).abs() <= weight.abs() * 0.00391 + 1e-7).all().item<bool>(), name);
            Assert.InRange((weight.to(ScalarType.BFloat16).to(ScalarType.Float32) != rounded).sum().item<long>(), 0, 1 + (weight.numel() / 1000));
        }
    }

    [Fact]
    public void Should_NameEverySetting_When_OptionsMakeNoSense()
    {
        Assert.Equal(
            ["training.lora.rank", "training.lora.alpha", "training.lora.targets"],
            (TestModels.Options() with { Lora = new() { Rank = 0, Alpha = double.NaN, Targets = ["q_proj", "wq"] } }).Check().Select(error => error.Location));
        Assert.Single(Options().Check("x"));
        Assert.Single(Options("q_proj", "q_proj").Check("x"));
    }
}
