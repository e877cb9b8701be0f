using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Torch;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Training;

public sealed class PrecisionTests
{
    private static readonly Placement Bf16 = new(CPU, ScalarType.BFloat16);

    [Fact]
    public void Should_PickANeighbourAndBeRightInTheMean_When_RoundedAtRandom()
    {
        using LlamaModel loaded = TestModels.Small();
        using DisposeScope scope = NewDisposeScope();
        const int Draws = 20_000;

        // bfloat16 has 8 significant bits: between 1 and 2 its numbers are 1/128 apart, below 1 half as far.
        foreach ((float value, float below, float above) in new[]
        {
            (1 + (0.25f / 128), 1f, 1 + (1f / 128)),
            (-1.5f - (0.9f / 128), -1.5f - (1f / 128), -1.5f),
            (1 - (0.3f / 256), 1 - (1f / 256), 1f),
            (1e-30f, MathF.ScaleB(162f / 128, -100), MathF.ScaleB(163f / 128, -100)),
        })
        {
            Tensor target = zeros(Draws, dtype: ScalarType.BFloat16);
            new StochasticRounding("a").Copy(target, full(Draws, value), "weights", 1, 0);
            float[] rounded = TestModels.Values(target);
            float[] seen = [.. rounded.Distinct().Order()];
            Assert.Equal(2, seen.Length);
            Assert.InRange(seen[0] / below, 1 - 1e-4, 1 + 1e-4);
            Assert.InRange(seen[1] / above, 1 - 1e-4, 1 + 1e-4);

            // The share of the upper neighbour is binomial: five standard errors.
            double share = (value - (double)seen[0]) / (seen[1] - (double)seen[0]);
            double error = 5 * Math.Sqrt(share * (1 - share) / Draws);
            Assert.InRange(rounded.Count(item => item == seen[1]) / (double)Draws, share - error, share + error);
        }
    }

    [Fact]
    public void Should_KeepWhatIsExactAndDrawAnew_When_SeedStepOrPlaceDiffer()
    {
        using LlamaModel loaded = TestModels.Small();
        using DisposeScope scope = NewDisposeScope();
        float[] Round(Tensor source, string seed, string buffer, int step, long at)
        {
            Tensor target = zeros(source.numel(), dtype: ScalarType.BFloat16);
            new StochasticRounding(seed).Copy(target, source, buffer, step, at);
            return TestModels.Values(target);
        }

        float[] exact = [0, -0f, 1, -3.5f, 1024, 2e-38f * 0];
        Assert.Equal(exact, Round(tensor(exact), "a", "weights", 1, 0));
        Tensor values = linspace(1, 1.01, 500);
        float[] once = Round(values, "a", "weights", 1, 0);
        Assert.Equal(once, Round(values, "a", "weights", 1, 0));
        Assert.NotEqual(once, Round(values, "b", "weights", 1, 0));
        Assert.NotEqual(once, Round(values, "a", "first", 1, 0));
        Assert.NotEqual(once, Round(values, "a", "weights", 2, 0));
        Assert.NotEqual(once, Round(values, "a", "weights", 1, 500));
    }

    // Steps of a hundredth of what bfloat16 resolves: rounding to the nearest would lose them all.
    [Theory]
    [InlineData(Precision.Bf16Master, null)]
    [InlineData(Precision.Bf16Stochastic, null)]
    [InlineData(Precision.Bf16Stochastic, Precision.Bf16)]
    public void Should_NotLoseSmallSteps_When_WeightsAreBf16(string precision, string? moments)
    {
        using LlamaModel model = TestModels.Small(placement: Bf16);
        model.Weights.Flat.fill_(1);
        model.Weights.Gradient.fill_(1e-3);
        TrainingOptions options = TestModels.Options() with { Precision = precision, Moments = moments, WeightDecay = 0 };
        using FlatAdamW optimizer = new(model.Weights, options, "1");
        for (int i = 0; i < 200; i++)
        {
            optimizer.Step(1e-4);
        }

        // With a constant gradient each step of AdamW is the rate, except for noise in the moments: 1 - 200 * 1e-4.
        Assert.InRange(TestModels.Values(model.Weights.Flat).Average(), 0.98 - 1e-3, 0.98 + 1e-3);
        Assert.Equal(moments is null ? ScalarType.Float32 : ScalarType.BFloat16, optimizer.State["first"].dtype);
        Assert.Equal(precision == Precision.Bf16Master, optimizer.State.ContainsKey("master"));
    }

    [Theory]
    [InlineData(Precision.Bf16Master, null)]
    [InlineData(Precision.Bf16Stochastic, Precision.Bf16)]
    public void Should_GoOnToTheSameBits_When_StoppedAndRestored(string precision, string? moments)
    {
        TrainingOptions options = TestModels.Options() with { Precision = precision, Moments = moments, MicroBatchTokens = 60, ActivationCheckpointing = true };
        EncodedRow[] rows = TestModels.Rows(12);

        float[] Train(int stopAfter)
        {
            LlamaModel model = TestModels.Small(placement: Bf16);
            FlatAdamW optimizer = new(model.Weights, options, "1");
            for (int step = 0; step < 6; step++)
            {
                if (step == stopAfter)
                {
                    LlamaModel second = TestModels.Small("other", Bf16);
                    FlatAdamW restored = new(second.Weights, options, "1");
                    foreach ((string name, Tensor state) in restored.State)
                    {
                        state.copy_(optimizer.State[name]);
                    }

                    restored.Continue(step);
                    optimizer.Dispose();
                    model.Dispose();
                    (model, optimizer) = (second, restored);
                }

                new Trainer(model, options, 0).Backward(rows, [model]);
                optimizer.Step(1e-3);
            }

            float[] weights = TestModels.Values(model.Weights.Flat);
            optimizer.Dispose();
            model.Dispose();
            return weights;
        }

        float[] whole = Train(-1);
        Assert.Equal(whole, Train(3));
        Assert.Equal(whole, Train(0));
    }

    [Theory]
    [InlineData(Precision.Bf16Master, null)]
    [InlineData(Precision.Bf16Stochastic, null)]
    [InlineData(Precision.Bf16Stochastic, Precision.Bf16)]
    public void Should_LowerTheLoss_When_TrainedInBf16(string precision, string? moments)
    {
        using LlamaModel model = TestModels.Small(placement: Bf16);
        Trainer trainer = new(model, TestModels.Options(epochs: 6) with { Precision = precision, Moments = moments }, 0);
        trainer.Run(TestModels.Rows(20), "1", null, CancellationToken.None);
        double[] losses =
            [.. trainer.Log.Split('\n')[1..^1].Select(line => double.Parse(line.Split(',')[2], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.True(losses[^3..].Average() < 0.7 * losses[..3].Average());
    }

    [Fact]
    public void Should_BeTheNormOfAllPieces_When_GradientsAreBf16()
    {
        using LlamaModel loaded = TestModels.Small();
        using DisposeScope scope = NewDisposeScope();
        Tensor flat = full(TorchUpdate.Piece + 5, 0.5f, dtype: ScalarType.BFloat16);
        Assert.Equal(0.5 * Math.Sqrt(TorchUpdate.Piece + 5), new TorchUpdate("").Norm(flat), 1e-6);
    }

    [Fact]
    public void Should_BeRefusedByName_When_APrecisionIsUnknown()
    {
        IReadOnlyList<UserError> errors = (TestModels.Options() with { Precision = "fp8", Moments = "int8", MicroBatchTokens = 0 }).Check();
        Assert.Equal(["training.microBatchTokens", "training.precision", "training.moments"], errors.Select(error => error.Location));
        // without activation checkpointing
        Assert.Equal("training.activationMemoryGb", Assert.Single((TestModels.Options() with { ActivationMemoryGb = 1 }).Check()).Location);
        Assert.Equal(
            "training.activationMemoryGb",
            Assert.Single((TestModels.Options() with { ActivationCheckpointing = true, ActivationMemoryGb = -1 }).Check()).Location);
    }
}
