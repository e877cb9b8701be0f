using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Model;

/// <summary>The written backward pass, which is a GPU's, and the processor's kernels against autograd, in float32 on the processor.</summary>
public sealed class TorchLayerTapeTests
{
    // Sums are in another order: the largest difference is compared with the largest element.
    private const double Tolerance = 2e-6;
    private static readonly TrainingOptions Keep = TestModels.Options();

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Should_GiveTheGradientOfAutograd_When_WeightsAreTrained(bool tied, bool biases)
    {
        using LlamaModel model = new(new LlamaWeights(TestModels.SmallConfig with { TieWordEmbeddings = tied, AttentionBias = biases, MlpBias = biases }));
        Initializer.Fill(model.Weights, "tape");
        using (no_grad())
        {
            model.Weights.Flat.add_(0.01); // biases that are not 0
        }

        CompareWithAutograd(model);
    }

    [Theory]
    [InlineData("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")]
    [InlineData("v_proj", "up_proj")]
    public void Should_GiveTheGradientOfAutograd_When_AnAdapterIsTrained(params string[] targets)
    {
        using LlamaModel model = TestModels.Small(tied: false);
        LoraAdapter adapter = new(model.Config, new LoraOptions { Rank = 4, Alpha = 8, Targets = targets }, CPU);
        adapter.Fill("tape");
        adapter.Flat.add_(0.02); // B is not 0
        model.Adapt(adapter);
        CompareWithAutograd(model);
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

    private static LlamaModel Wide(Placement placement, bool adapted)
    {
        LlamaModel model = new(new LlamaWeights(TestModels.SmallConfig with { HiddenSize = 64, HeadDim = 16, NumHiddenLayers = 3, TieWordEmbeddings = false }, placement));
        Initializer.Fill(model.Weights, "tape");
        using (no_grad())
        using (DisposeScope scope = NewDisposeScope())
        {
            model.Weights.Flat.copy_(model.Weights.Flat.to(ScalarType.BFloat16));
        }

        if (adapted)
        {
            LoraAdapter adapter = new(model.Config, new LoraOptions { Rank = 4, Alpha = 8, Targets = ["q_proj", "v_proj", "gate_proj", "down_proj"] }, placement.Device);
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

    private static void CompareWithAutograd(LlamaModel model)
    {
        (double loss, float[] gradient) = Backward(new LossPass(model, Keep) { By = LayerGradients.Autograd }, model);
        Assert.Contains(gradient, value => value != 0);
        TrainingOptions recompute = Keep with { ActivationCheckpointing = true };
        long tokens = TokenBatch.Of(TestModels.Rows(9), 0).Ids.numel();
        TrainingOptions last = Enumerable.Range(1, 100).Select(mb => recompute with { ActivationMemoryGb = mb * 1e-5 }).First(options => MemoryEstimate.KeptLayers(model.Config, options, tokens) == 1);
        LossPass[] passes =
        [
            new(model, Keep) { By = LayerGradients.Written },
            new(model, Keep) { By = LayerGradients.Written, Logits = 350 }, // seven positions at once
            new(model, recompute) { By = LayerGradients.Written },
            new(model, last) { By = LayerGradients.Written },
            new(model, last) { By = LayerGradients.Autograd },
            .. model.Adapter is null ? (LossPass[])[new(model, Keep), new(model, recompute), new(model, last)] : [], // by the kernels of the processor
        ];
        float[][] gradients = [.. passes.Select(pass =>
        {
            (double written, float[] values) = Backward(pass, model);
            Assert.InRange(written / loss, 1 - 1e-6, 1 + 1e-6);
            Assert.InRange(gradient.Zip(values).Max(pair => Math.Abs(pair.First - pair.Second)) / gradient.Max(Math.Abs), 0, Tolerance);
            return values;
        })];

        // Nothing depends on what is kept.
        Assert.Equal(gradients[0], gradients[2]);
        Assert.Equal(gradients[0], gradients[3]);
        if (model.Adapter is null)
        {
            Assert.Equal(gradient, gradients[4]);
            Assert.Equal(gradients[5], gradients[6]);
            Assert.Equal(gradients[5], gradients[7]);
        }
    }

    private static (double Loss, float[] Gradient) Backward(LossPass pass, LlamaModel model)
    {
        using DisposeScope scope = NewDisposeScope();
        EncodedRow[] rows = TestModels.Rows(9);
        model.Trained.Gradient.zero_();
        double loss = pass.Add(TokenBatch.Of(rows, 0), rows.Sum(row => row.Tokens.SupervisedLength));
        return (loss, TestModels.Values(model.Trained.Gradient));
    }
}
