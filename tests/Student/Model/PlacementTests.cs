using NaturalThoughts.Student.Backends;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Model;

/// <summary>
/// Torch's <c>meta</c> device has shapes and no values, and like a GPU it refuses operands that are somewhere else: what runs on it makes
/// its tensors where the model is.
/// </summary>
public sealed class PlacementTests
{
    private static readonly Placement Meta = new(new Device(DeviceType.META), ScalarType.BFloat16);

    // Embedding and rotation have no meta kernels outside of Python.
    [Fact]
    public void Should_ComputeWhereTheModelIs_When_RowsAreForwarded()
    {
        using LlamaModel model = MetaModel();
        using DisposeScope scope = NewDisposeScope();
        _ = model.Weights.Gradient;
        Tensor x = Meta.Zeros(3, 7, 32);
        Tensor logits = model.Logits(model.Backend.Normalize(x));
        Assert.Equal((DeviceType.META, ScalarType.BFloat16), (logits.device_type, logits.dtype));
        Assert.Equal([3, 7, 50], logits.shape);
        logits.to(ScalarType.Float32).sum().backward();
        Assert.Equal(DeviceType.META, model.Weights.Gradient.device_type);
    }

    [Fact]
    public void Should_CacheWhereTheModelIs_When_Generating()
    {
        using LlamaModel model = MetaModel();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = inference_mode();
        using KeyValueCache cache = new(model.Weights, [0, 0], 8);
        (Tensor keys, Tensor values) = cache.Append(1, Meta.Zeros(2, 2, 3, 8), Meta.Zeros(2, 2, 3, 8));
        Assert.Equal([2, 2, 3, 8], keys.shape);
        Assert.Equal((DeviceType.META, ScalarType.BFloat16), (values.device_type, values.dtype));
        TokenBatch batch = TokenBatch.Of(TestModels.Rows(3), 0, Meta);
        Assert.All([batch.Ids, batch.Positions, batch.Targets], ids => Assert.Equal((DeviceType.META, ScalarType.Int64), (ids.device_type, ids.dtype)));
    }

    [Theory]
    [InlineData(Precision.Bf16Master, 4)]
    [InlineData(Precision.Float32, 3)]
    public void Should_StepWhereTheModelIs_When_Trained(string precision, int buffers)
    {
        _ = TestModels.Fixtures;
        using LlamaModel model = new(new LlamaWeights(TestModels.SmallConfig, Meta with { Type = Precision.Weights(precision) }));
        using FlatAdamW optimizer = new(model.Weights, TestModels.Options() with { Precision = precision });
        optimizer.Step(1e-3);
        Assert.Equal(buffers, optimizer.State.Count);
        Assert.All(optimizer.State, state => Assert.Equal(
            (DeviceType.META, state.Key == "weights" ? model.Weights.Placement.Type : ScalarType.Float32), (state.Value.device_type, state.Value.dtype)));
    }

    [Fact]
    public void Should_AllocateNoGradient_When_NobodyTrains()
    {
        using LlamaModel model = TestModels.Small();
        using DisposeScope scope = NewDisposeScope();
        Assert.Null(model.Head.grad);
        _ = model.Weights.Gradient;
        Assert.NotNull(model.Head.grad);
    }

    [Fact]
    public void Should_BeFloat32_When_NoPrecisionIsGiven()
    {
        Assert.Equal(ScalarType.Float32, Placement.Of("cpu", null).Type);
        Assert.Equal((DeviceType.CUDA, ScalarType.BFloat16), (Placement.Of("cuda", "bf16").Device.type, Placement.Of("cuda", "bf16").Type));
    }

    private static LlamaModel MetaModel()
    {
        _ = TestModels.Fixtures;
        return new LlamaModel(new LlamaWeights(TestModels.SmallConfig, Meta));
    }
}
