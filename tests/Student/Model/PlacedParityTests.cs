using System.Text.Json;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Student.Generation;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Model;

/// <summary>
/// The goldens of <see cref="ParityTests"/> in bfloat16 and on a GPU. Float32 on a GPU has the goldens' own tolerances. What bfloat16 may
/// cost is measured on the same model: rounding the weights alone, computed in float32, moves logits and gradients by some norm; computing
/// in bfloat16 on top of that, where states are rounded as weights were, may move them by twice as much.
/// </summary>
public sealed class PlacedParityTests
{
    private const double Bf16 = 2;

    [Theory]
    [InlineData("llama-gqa-untied")]
    [InlineData("llama-wide-heads")]
    public void Should_BeNearTheReference_When_Bf16(string name) => Compare(name, Placement.Of("cpu", "bf16"));

    [CudaTheory]
    [Trait("Category", "gpu")]
    [InlineData("llama-gqa-untied", "float32")]
    [InlineData("llama-gqa-untied", "bf16")]
    [InlineData("llama-wide-heads", "float32")]
    [InlineData("llama-wide-heads", "bf16")]
    public void Should_BeNearTheReference_When_OnAGpu(string name, string precision) => Compare(name, Placement.Of("cuda", precision));

    [CudaTheory]
    [Trait("Category", "gpu")]
    [InlineData("llama-gqa-untied")]
    [InlineData("llama-wide-heads")]
    public void Should_GenerateTheSameTokens_When_GreedyOnAGpu(string name)
    {
        using LlamaModel model = TestModels.Golden(name, Placement.Of("cuda", null));
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestModels.Fixtures, name, "greedy.json")));
        (string Id, int[] Prompt)[] prompts = [.. golden.RootElement.EnumerateArray().Select((row, i) =>
            ($"row{i}", row.GetProperty("prompt").EnumerateArray().Select(id => id.GetInt32()).ToArray()))];
        GenerationOptions options = new() { Temperature = 0, TopP = 1, MaxNewTokens = 48, Seed = "any" };
        IReadOnlyList<int[]> answers = new Student.Generation.Generator(model, options, [], 0).Run(prompts, null, CancellationToken.None);
        Assert.All(golden.RootElement.EnumerateArray().Zip(answers).Where(row => row.First.GetProperty("smallest_margin").GetDouble() > 1e-3), row =>
            Assert.Equal(row.First.GetProperty("new_tokens").EnumerateArray().Select(id => id.GetInt32()), row.Second));
    }

    // Recomputed activations and chunks of logits, which run elsewhere on a GPU than in the tests of the processor.
    [CudaTheory]
    [Trait("Category", "gpu")]
    [InlineData("float32", 1e-5)]
    [InlineData("bf16", 2e-2)]
    public void Should_GiveTheSameGradient_When_MemoryIsSavedOnAGpu(string precision, double tolerance)
    {
        using LlamaModel model = TestModels.Small(placement: Placement.Of("cuda", precision));
        EncodedRow[] rows = TestModels.Rows(9);
        float[] Gradient(bool save)
        {
            using DisposeScope scope = NewDisposeScope();
            TrainingOptions options = TestModels.Options() with { ActivationCheckpointing = save, MicroBatchTokens = save ? 60 : null };
            new Trainer(model, options, 0) { MostLogits = save ? 350 : long.MaxValue }.Backward(rows, [model]);
            return TestModels.Values(model.Weights.Gradient);
        }

        float[] plain = Gradient(save: false);
        Assert.InRange(Difference(plain, Gradient(save: true)) / plain.Max(Math.Abs), 0, tolerance);
    }

    private static void Compare(string name, Placement placement)
    {
        bool exact = placement.Type == ScalarType.Float32;
        using LlamaModel model = TestModels.Golden(name, placement);
        using SafetensorsFile forward = TestModels.Tensors(name, "forward.safetensors");
        using SafetensorsFile sft = TestModels.Tensors(name, "sft.safetensors");
        using JsonDocument steps = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestModels.Fixtures, name, "sft.json")));
        float[] logits = forward.ReadFloat32("single.33.logits");
        float[] gradient = [.. model.Weights.NamedGradients.Keys.SelectMany(parameter => sft.ReadFloat32("grad." + parameter))];
        double loss = steps.RootElement.GetProperty("steps")[0].GetProperty("loss").GetDouble();
        TrainingOptions options =
            new() { LearningRate = 2e-3, Epochs = 1, BatchTokens = 1000, MaxTokens = 30, Precision = exact ? null : Precision.Bf16Master };
        (float[] actualLogits, double actualLoss, float[] actualGradient) = Compute(model, forward, sft, options);
        if (exact)
        {
            Assert.InRange(Difference(logits, actualLogits), 0, 1e-4);
            Assert.InRange(actualLoss / loss, 1 - 2e-5, 1 + 2e-5);
            Assert.InRange(Difference(gradient, actualGradient), 0, 1e-5);
        }
        else
        {
            using LlamaModel rounded = TestModels.Golden(name);
            using (DisposeScope scope = NewDisposeScope())
            {
                rounded.Weights.Flat.copy_(rounded.Weights.Flat.to(ScalarType.BFloat16));
            }

            (float[] roundedLogits, double roundedLoss, float[] roundedGradient) = Compute(rounded, forward, sft, options);
            Assert.InRange(Relative(roundedLogits, actualLogits), 0, Bf16 * Relative(logits, roundedLogits));
            Assert.InRange(Relative(roundedGradient, actualGradient), 0, Bf16 * Relative(gradient, roundedGradient));
            Assert.InRange(actualLoss / roundedLoss, 1 - 5e-3, 1 + 5e-3);
        }

        // The first step of AdamW is the rate wherever the gradient is well above epsilon, and the decay 2e-4 of a weight.
        float[] before = TestModels.Values(model.Weights.Flat);
        using FlatAdamW optimizer = new(model.Weights, options);
        optimizer.Step(options.LearningRate);
        Tensor master = exact ? model.Weights.Flat : optimizer.State["master"];
        Assert.InRange(Difference(before, TestModels.Values(master)), 0.99 * options.LearningRate, 1.2 * options.LearningRate);
    }

    private static (float[] Logits, double Loss, float[] Gradient) Compute(
        LlamaModel model, SafetensorsFile forward, SafetensorsFile sft, TrainingOptions options)
    {
        using DisposeScope scope = NewDisposeScope();
        double loss = new Trainer(model, options, 0).Backward(ParityTests.SftRows(sft), [model]);
        using IDisposable grad = no_grad();
        Placement placement = model.Weights.Placement;
        Tensor hidden = model.Forward(placement.Integers(TestModels.Integers(forward, "single.33.input_ids"), 2, 33));
        Assert.Equal((placement.Device.type, placement.Type), (hidden.device_type, hidden.dtype));
        return (TestModels.Values(model.Logits(hidden)), loss, [.. model.Weights.NamedGradients.Values.SelectMany(TestModels.Values)]);
    }

    private static double Relative(float[] expected, float[] actual) =>
        Math.Sqrt(expected.Zip(actual).Sum(pair => Math.Pow((double)pair.First - pair.Second, 2)) / expected.Sum(value => (double)value * value));

    private static double Difference(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        return expected.Zip(actual).Max(pair => Math.Abs((double)pair.First - pair.Second));
    }
}
