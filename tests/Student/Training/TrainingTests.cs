using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Training;

public sealed class TrainingTests
{
    private static float[] Train(EncodedRow[] rows, string seed, TrainingOptions options)
    {
        using LlamaModel model = TestModels.Small();
        new Trainer(model, options, 0).Run(rows, seed, null, CancellationToken.None);
        return TestModels.Values(model.Weights.Flat);
    }

    private static float[] Gradient(LlamaModel model, EncodedRow[] rows)
    {
        using DisposeScope scope = NewDisposeScope();
        new Trainer(model, TestModels.Options(), 0).Backward(rows, [model]);
        return TestModels.Values(model.Weights.Gradient);
    }

    [Fact]
    public void Should_SuperviseTheResponseAlone_When_RowsAreBatched()
    {
        _ = TestModels.Rows(1);
        EncodedRow first = new("a", new EncodedExample([10, 11, 12, 13, 1], 3));
        EncodedRow second = new("b", new EncodedExample([20, 21, 1], 2));
        using DisposeScope scope = NewDisposeScope();
        TokenBatch batch = TokenBatch.Of([first, second], padId: 0);
        Assert.Equal([10, 11, 12, 13, 1, 20, 21, 1, 0, 0], batch.Ids.data<long>().ToArray());

        // Token 3 of row 0 is predicted at position 2, its end at 3; the end of row 1 is predicted at 5 + 1.
        Assert.Equal([2, 3, 6], batch.Positions.data<long>().ToArray());
        Assert.Equal([13, 1, 1], batch.Targets.data<long>().ToArray());
    }

    [Fact]
    public void Should_NotDependOnPaddingOrOrder_When_GradientIsTaken()
    {
        using LlamaModel model = TestModels.Small();
        EncodedRow[] rows = TestModels.Rows(8);
        float[] whole = Gradient(model, rows);
        float[] permuted = Gradient(model, [.. rows.Reverse()]);

        // Row by row, weighted by supervised tokens: the loss of a batch is the sum over all of them by their number, not a mean of means.
        double[] summed = new double[whole.Length];
        double tokens = rows.Sum(row => row.Tokens.SupervisedLength);
        foreach (EncodedRow row in rows)
        {
            float[] single = Gradient(model, [row]);
            for (int i = 0; i < summed.Length; i++)
            {
                summed[i] += single[i] * row.Tokens.SupervisedLength / tokens;
            }
        }

        for (int i = 0; i < whole.Length; i++)
        {
            Assert.InRange(permuted[i] - whole[i], -2e-6, 2e-6);
            Assert.InRange(summed[i] - whole[i], -2e-6, 2e-6);
        }
    }

    [Fact]
    public void Should_DependOnSeedAndNotOnRowOrder_When_Trained()
    {
        EncodedRow[] rows = TestModels.Rows(30);
        float[] once = Train(rows, "1", TestModels.Options(epochs: 2));
        Assert.Equal(once, Train([.. rows.Reverse()], "1", TestModels.Options(epochs: 2)));
        Assert.NotEqual(once, Train(rows, "2", TestModels.Options(epochs: 2)));
    }

    [Fact]
    public void Should_RoundAlone_When_TheBatchIsShardedAndNotAtAll_When_ThreadsDiffer()
    {
        EncodedRow[] rows = TestModels.Rows(31);
        float[] Sharded(int shards, int threads)
        {
            using LlamaModel model = TestModels.Small();
            new Trainer(model, TestModels.Options() with { Shards = shards }, 0, threads).Run(rows, "1", null, CancellationToken.None);
            return TestModels.Values(model.Weights.Flat);
        }

        float[] two = Sharded(2, 2);
        float[] three = Sharded(3, 3);
        Assert.Equal(two, Sharded(2, 1));
        Assert.Equal(three, Sharded(3, 2));
        Assert.Equal(three, Sharded(3, 7));
        Assert.All(three.Zip(two), pair => Assert.InRange(pair.First - pair.Second, -2e-3, 2e-3));
        Assert.NotEqual(three, two);

        // The kernels of the processor take two at least.
        Assert.Equal(two, Sharded(1, 1));
    }

    [Fact]
    public void Should_GiveTheGradientOfTheWhole_When_TheBatchIsSharded()
    {
        EncodedRow[] rows = TestModels.Rows(9);
        using LlamaModel model = TestModels.Small();
        using LlamaModel second = new(model.Weights.Share());
        float[] whole = Gradient(model, rows);
        using DisposeScope scope = NewDisposeScope();
        new Trainer(model, TestModels.Options() with { Shards = 2 }, 0).Backward(rows, [model, second]);
        Assert.All(whole.Zip(TestModels.Values(model.Weights.Gradient)), pair => Assert.InRange(pair.Second - pair.First, -2e-6, 2e-6));
    }

    [Theory]
    [InlineData(1e-3, true)]
    [InlineData(1e3, false)]
    public void Should_ScaleTheGradientDown_When_ItsNormIsAboveTheLimit(double limit, bool clipped)
    {
        // An epsilon of 1 makes the first step of AdamW nearly the rate times the gradient, so that its length shows the gradient's.
        TrainingOptions options = TestModels.Options(batchTokens: 10_000) with { LearningRate = 0.1, WeightDecay = 0, Epsilon = 1, ClipNorm = limit };
        using LlamaModel model = TestModels.Small();
        float[] before = TestModels.Values(model.Weights.Flat);
        Trainer trainer = new(model, options, 0);
        trainer.Run(TestModels.Rows(4), "1", null, CancellationToken.None);
        double norm = double.Parse(trainer.Log.Split('\n')[1].Split(',')[^1], System.Globalization.CultureInfo.InvariantCulture);
        double step = Math.Sqrt(before.Zip(TestModels.Values(model.Weights.Flat)).Sum(pair => Math.Pow(pair.Second - (double)pair.First, 2)));
        Assert.InRange(norm, 0.1, 100);
        Assert.InRange(step / (options.LearningRate * (clipped ? limit : norm)), 0.5, 1.01);
    }

    [Fact]
    public void Should_PlaceEachRowOncePerEpoch_When_BatchesArePlanned()
    {
        EncodedRow[] rows = TestModels.Rows(200);
        List<int[]> first = TrainingBatches.Epoch([.. rows.Select(row => row.Sized)], 120, "1", 0);
        Assert.Equal(Enumerable.Range(0, 200), first.SelectMany(batch => batch).Order());
        Assert.All(first, batch => Assert.True(batch.Length == 1 || batch.Length * batch.Max(i => rows[i].Tokens.Ids.Length) <= 120));
        Assert.NotEqual(first.SelectMany(batch => batch), TrainingBatches.Epoch([.. rows.Select(row => row.Sized)], 120, "1", 1).SelectMany(batch => batch));
        int padded = first.Sum(batch => batch.Length * batch.Max(i => rows[i].Tokens.Ids.Length));
        Assert.True(padded < 1.15 * rows.Sum(row => row.Tokens.Ids.Length), "like lengths stand together");
    }

    [Fact]
    public void Should_LowerTheLoss_When_Trained()
    {
        using LlamaModel model = TestModels.Small();
        Trainer trainer = new(model, TestModels.Options(epochs: 6), 0);
        trainer.Run(TestModels.Rows(20), "1", null, CancellationToken.None);
        double[] losses =
            [.. trainer.Log.Split('\n')[1..^1].Select(line => double.Parse(line.Split(',')[2], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.True(losses[^3..].Average() < 0.7 * losses[..3].Average());
    }

    [Theory]
    [InlineData("constant", 0, 9, 1.0)]
    [InlineData("constant", 10, 0, 0.1)]
    [InlineData("linear", 0, 50, 0.55)]
    [InlineData("cosine", 0, 0, 1.0)]
    [InlineData("cosine", 0, 50, 0.55)]
    [InlineData("cosine", 0, 25, 0.55 + (0.45 * 0.70710678118654757))]
    [InlineData("cosine", 20, 9, 0.5)]
    [InlineData("cosine", 20, 60, 0.55)]
    public void Should_FollowTheSchedule_When_RateIsAsked(string schedule, int warmup, int step, double share)
    {
        TrainingOptions options = TestModels.Options() with { Schedule = schedule, WarmupSteps = warmup };
        Assert.Equal(share * options.LearningRate, options.RateAt(step, 100), 12);
    }

    [Fact]
    public void Should_NameEverySetting_When_OptionsMakeNoSense() =>
        Assert.Equal(4, (TestModels.Options() with { LearningRate = -1, Epochs = 0, Schedule = "cosin", MaxTokens = 0 }).Check().Count);
}
