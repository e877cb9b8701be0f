using System.Text.Json;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.Tests.Model;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Lora;

/// <summary>Against PEFT; Fixtures/ORIGIN.md says which version and gives the tolerances.</summary>
public sealed class LoraParityTests
{
    private const string Golden = "lora-on-llama-gqa-untied";

    private static LlamaModel Adapted()
    {
        LlamaModel model = TestModels.Golden("llama-gqa-untied");
        model.Adapt(LoraFiles.Read(Path.Combine(TestModels.Fixtures, Golden, "adapter"), model.Config));
        return model;
    }

    private static float[] Logits(LlamaModel model, SafetensorsFile golden)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = inference_mode();
        return TestModels.Values(model.Logits(model.Forward(tensor(TestModels.Integers(golden, "input_ids"), [2, 20]))));
    }

    [Fact]
    public void Should_GiveTheSameLogits_When_AdaptedAndWhenMerged()
    {
        using LlamaModel model = Adapted();
        using SafetensorsFile golden = TestModels.Tensors(Golden, "forward.safetensors");
        ParityTests.Close(golden.ReadFloat32("logits"), Logits(model, golden), 1e-4);

        model.Merge();
        Assert.Null(model.Adapter);
        foreach ((string name, Tensor weight) in model.Weights.Named)
        {
            ParityTests.Close(golden.ReadFloat32("merged." + name), TestModels.Values(weight), 1e-6);
        }

        ParityTests.Close(golden.ReadFloat32("merged_logits"), Logits(model, golden), 1e-4);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, 60)]
    public void Should_TakeTheSameSteps_When_TheAdapterAloneIsTrained(bool recompute, int? microBatchTokens)
    {
        using LlamaModel model = Adapted();
        using SafetensorsFile golden = TestModels.Tensors(Golden, "sft.safetensors");
        using JsonDocument steps = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestModels.Fixtures, Golden, "sft.json")));
        float[] weights = TestModels.Values(model.Weights.Flat);
        EncodedRow[] rows = ParityTests.SftRows(golden);
        TrainingOptions options = new()
        {
            LearningRate = 2e-3,
            WeightDecay = 0,
            Epochs = 1,
            BatchTokens = 1000,
            MaxTokens = 30,
            ActivationCheckpointing = recompute,
            MicroBatchTokens = microBatchTokens,
        };
        Trainer trainer = new(model, options, 0);
        using FlatAdamW optimizer = new(model.Trained, options);
        foreach (JsonElement step in steps.RootElement.GetProperty("steps").EnumerateArray())
        {
            using DisposeScope scope = NewDisposeScope();
            double loss = trainer.Backward(rows, [model]);
            double expected = step.GetProperty("loss").GetDouble();
            Assert.InRange(loss, expected * (1 - 2e-5), expected * (1 + 2e-5));
            if (step.GetProperty("step").GetInt32() == 1)
            {
                Compare(golden, "grad.", model.Adapter!.NamedGradients, 1e-5);
            }

            optimizer.Step(options.LearningRate);
        }

        Compare(golden, "after.", model.Adapter!.Named, 2e-4);
        Assert.Equal(weights, TestModels.Values(model.Weights.Flat));
    }

    // The golden has the name of PEFT's adapter, "default", in its keys; files of adapters have not.
    private static void Compare(SafetensorsFile golden, string prefix, IReadOnlyDictionary<string, Tensor> tensors, double tolerance)
    {
        Assert.Equal(golden.Tensors.Keys.Count(name => name.StartsWith(prefix, StringComparison.Ordinal)), tensors.Count);
        foreach ((string name, Tensor tensor) in tensors)
        {
            ParityTests.Close(
                golden.ReadFloat32(prefix + name.Replace(".weight", ".default.weight", StringComparison.Ordinal)), TestModels.Values(tensor), tolerance);
        }
    }
}
