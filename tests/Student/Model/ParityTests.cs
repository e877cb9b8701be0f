using System.Text.Json;
using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Student.Generation;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Model;

/// <summary>Against Transformers; Fixtures/ORIGIN.md says which version and gives the tolerances.</summary>
public sealed class ParityTests
{
    public static TheoryData<string> Models { get; } = ["llama-gqa-untied", "llama-wide-heads", "llama3-scaled-tied", "qwen2-tied", "qwen2-untied"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Should_GiveTheSameLogitsAndStates_When_RowsAreSingle(string name)
    {
        using LlamaModel model = TestModels.Golden(name);
        using SafetensorsFile golden = TestModels.Tensors(name, "forward.safetensors");
        foreach (int length in (int[])[1, 7, 33, 150])
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable inference = inference_mode();
            Tensor ids = tensor(TestModels.Integers(golden, $"single.{length}.input_ids"), [2, length]);
            List<Tensor> states = [];
            Tensor hidden = model.Forward(ids, states.Add);
            Tensor logits = model.Logits(length == 150 ? hidden.narrow(1, 142, 8) : hidden);
            Close(golden.ReadFloat32($"single.{length}.logits"), TestModels.Values(logits), 1e-4);
            if (length < 150)
            {
                Assert.Equal(model.Config.NumHiddenLayers + 1, states.Count);
                for (int i = 0; i < states.Count; i++)
                {
                    Close(golden.ReadFloat32($"single.{length}.hidden.{i}"), TestModels.Values(states[i]), 1e-4);
                }

                Close(golden.ReadFloat32($"single.{length}.mean_pooled"), TestModels.Values(hidden.mean([1])), 1e-4);
            }
        }
    }

    [Fact]
    public void Should_DifferByRoundingAlone_When_WeightsAreBf16()
    {
        using LlamaModel model = CheckpointFiles.Load(Path.Combine(TestModels.Fixtures, "llama-gqa-untied-bf16-sharded"));
        using SafetensorsFile golden = TestModels.Tensors("llama-gqa-untied", "forward.safetensors");
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = inference_mode();
        float[] actual = TestModels.Values(model.Logits(model.Forward(tensor(TestModels.Integers(golden, "single.33.input_ids"), [2, 33]))));
        float[] expected = golden.ReadFloat32("single.33.logits");

        // A weight is off by 2^-9 of itself at most. A logit passes at most ten matrices (embedding, v, o, gate or up, down of two layers, head), whose
        // relative errors add up at worst.
        double distance = Math.Sqrt(expected.Zip(actual, (a, b) => Math.Pow(a - (double)b, 2)).Sum() / expected.Sum(a => (double)a * a));
        Assert.InRange(distance, 1e-6, 10 * Math.Pow(2, -9));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Should_IgnorePads_When_RowsAreRightPadded(string name)
    {
        using LlamaModel model = TestModels.Golden(name);
        using SafetensorsFile golden = TestModels.Tensors(name, "forward.safetensors");
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = inference_mode();
        long[] mask = TestModels.Integers(golden, "padded.right.attention_mask");
        Tensor ids = tensor(TestModels.Integers(golden, "padded.right.input_ids"), [4, 17]);
        float[] expected = golden.ReadFloat32("padded.right.logits");
        float[] actual = TestModels.Values(model.Logits(model.Forward(ids)));
        int vocabulary = model.Config.VocabSize;
        for (int i = 0; i < mask.Length; i++)
        {
            if (mask[i] == 1)
            {
                Close(expected[(i * vocabulary)..((i + 1) * vocabulary)], actual[(i * vocabulary)..((i + 1) * vocabulary)], 1e-4);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Should_GenerateTheSameTokens_When_Greedy(string name)
    {
        using LlamaModel model = TestModels.Golden(name);
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestModels.Fixtures, name, "greedy.json")));
        GenerationOptions options = new() { Temperature = 0, TopP = 1, MaxNewTokens = 48, Seed = "any" };

        // All prompts in one batch: different lengths, so that padding, positions and cache are exercised.
        (string Id, int[] Prompt)[] prompts = [.. golden.RootElement.EnumerateArray().Select((row, i) =>
            ($"row{i}", row.GetProperty("prompt").EnumerateArray().Select(id => id.GetInt32()).ToArray()))];
        IReadOnlyList<int[]> answers = new Student.Generation.Generator(model, options, [], 0).Run(prompts, null, CancellationToken.None);
        int compared = 0;
        foreach ((JsonElement row, int[] answer) in golden.RootElement.EnumerateArray().Zip(answers))
        {
            if (row.GetProperty("smallest_margin").GetDouble() > 1e-3)
            {
                Assert.Equal(row.GetProperty("new_tokens").EnumerateArray().Select(id => id.GetInt32()), answer);
                compared++;
            }
        }

        Assert.True(compared > 0);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Should_TakeTheSameSteps_When_FineTuned(string name)
    {
        using LlamaModel model = TestModels.Golden(name);
        using SafetensorsFile golden = TestModels.Tensors(name, "sft.safetensors");
        using JsonDocument steps = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestModels.Fixtures, name, "sft.json")));
        EncodedRow[] rows = SftRows(golden);
        Assert.Equal(38, rows.Sum(row => row.Tokens.SupervisedLength));
        TrainingOptions options = new() { LearningRate = 2e-3, WeightDecay = 0.1, Epochs = 1, BatchTokens = 1000, MaxTokens = 30 };
        Trainer trainer = new(model, options, 0);
        using FlatAdamW optimizer = new(model.Weights, options);
        foreach (JsonElement step in steps.RootElement.GetProperty("steps").EnumerateArray())
        {
            using DisposeScope scope = NewDisposeScope();
            double loss = trainer.Backward(rows, [model]);
            double expected = step.GetProperty("loss").GetDouble();
            Assert.InRange(loss, expected * (1 - 2e-5), expected * (1 + 2e-5));
            if (step.GetProperty("step").GetInt32() == 1)
            {
                foreach ((string parameter, Tensor gradient) in model.Weights.NamedGradients)
                {
                    Close(golden.ReadFloat32("grad." + parameter), TestModels.Values(gradient), 1e-5);
                }
            }

            optimizer.Step(options.LearningRate);
        }

        // Adam divides a gradient by its own size: what is mostly rounding errors decides a whole step.
        foreach ((string parameter, Tensor weight) in model.Weights.Named)
        {
            float[] first = golden.ReadFloat32("grad." + parameter), expected = golden.ReadFloat32("after." + parameter), actual = TestModels.Values(weight);
            for (int i = 0; i < expected.Length; i++)
            {
                double tolerance = Math.Abs(first[i]) > 1e-6 || first[i] == 0 ? 5e-5 : options.LearningRate;
                Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{parameter}, element {i}: {expected[i]} and {actual[i]}");
            }
        }
    }

    internal static EncodedRow[] SftRows(SafetensorsFile golden)
    {
        long[] ids = TestModels.Integers(golden, "input_ids");
        long[] mask = TestModels.Integers(golden, "attention_mask");
        long[] labels = TestModels.Integers(golden, "labels");
        return [.. Enumerable.Range(0, 4).Select(b =>
        {
            int length = (int)mask[(b * 30)..((b + 1) * 30)].Sum();
            int prompt = Array.FindIndex(labels, b * 30, label => label != -100) - (b * 30);
            Assert.All(Enumerable.Range(prompt, length - prompt), t => Assert.Equal(ids[(b * 30) + t], labels[(b * 30) + t]));
            return new EncodedRow($"row{b}", new EncodedExample([.. ids[(b * 30)..((b * 30) + length)].Select(id => (int)id)], prompt));
        })];
    }

    internal static void Close(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"element {i}: {expected[i]} and {actual[i]}");
        }
    }
}
