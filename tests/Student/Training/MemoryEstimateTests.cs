using NaturalThoughts.Checkpoints;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Training;

public sealed class MemoryEstimateTests
{
    private static readonly ModelConfig Middle = new()
    {
        HiddenSize = 64,
        IntermediateSize = 192,
        NumHiddenLayers = 8,
        NumAttentionHeads = 4,
        NumKeyValueHeads = 2,
        HeadDim = 16,
        VocabSize = 400,
        MaxPositionEmbeddings = 512,
        TieWordEmbeddings = false,
    };

    [Theory]
    [InlineData(null, null)]
    [InlineData(Precision.Bf16Master, null)]
    [InlineData(Precision.Bf16Stochastic, Precision.Bf16)]
    public void Should_CountTheBytesOfTheTensors_When_BuffersArePredicted(string? precision, string? moments)
    {
        TrainingOptions options = TestModels.Options() with { Precision = precision, Moments = moments };
        using LlamaModel model = TestModels.Small(placement: new Placement(CPU, Precision.Weights(precision)));
        using FlatAdamW optimizer = new(model.Weights, options);
        MemoryEstimate estimate = MemoryEstimate.Of(model.Config, options);
        long Of(string name) => optimizer.State.TryGetValue(name, out Tensor? tensor) ? tensor.numel() * tensor.element_size() : 0;
        Assert.Equal(Of("weights"), estimate.Weights);
        Assert.Equal(model.Weights.Gradient.numel() * model.Weights.Gradient.element_size(), estimate.Gradients);
        Assert.Equal(Of("master"), estimate.Master);
        Assert.Equal(Of("first") + Of("second"), estimate.Moments);
        using KeyValueCache cache = new(model.Weights, [0, 1, 2], 20);
        (Tensor keys, Tensor values) = cache.Layer(0);
        Assert.Equal(
            model.Config.NumHiddenLayers * ((keys.numel() * keys.element_size()) + (values.numel() * values.element_size())),
            MemoryEstimate.Cache(model.Config, 3, 20, precision is null ? null : "bf16"));
    }

    // In bfloat16: by torch's own operations, as on a GPU. In float32 the processor's products keep their gradients until the micro-batch ends.
    [Theory]
    [InlineData(Precision.Bf16Master, false)]
    [InlineData(Precision.Bf16Master, true)]
    public void Should_BeNearTheMeasuredPeak_When_ActivationsArePredicted(string? precision, bool recompute)
    {
        TrainingOptions options = new()
        {
            LearningRate = 1e-3,
            Epochs = 1,
            BatchTokens = 32 * 128,
            MaxTokens = 32,
            Precision = precision,
            ActivationCheckpointing = recompute,
        };
        _ = TestModels.Fixtures;
        using LlamaModel model = new(new LlamaWeights(Middle, new Placement(CPU, Precision.Weights(precision))));
        Initializer.Fill(model.Weights, "1");
        EncodedRow[] rows = [.. Enumerable.Range(0, 128).Select(i => new EncodedRow($"q{i}", new EncodedExample([.. Enumerable.Range(0, 32).Select(t => ((t * 3) + i) % 400)], 1)))];
        Trainer trainer = new(model, options, 0);
        trainer.Backward(rows[..1], [model]);
        long measured = PeakMemory.Of(() => trainer.Backward(rows, [model]));
        MemoryEstimate estimate = MemoryEstimate.Of(Middle, options);

        // What is not counted: scratch of the processor's kernels, pages that the allocator keeps.
        Assert.InRange(measured / (double)(estimate.Activations + Math.Max(estimate.Logits, estimate.Backward)), 0.85, 1.2);
    }
}
