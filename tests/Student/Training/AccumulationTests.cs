using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Training;

/// <summary>
/// The gradient of a batch does not depend on how it is computed: at once or in parts, with activations kept or computed again, with all logits or some.
/// </summary>
public sealed class AccumulationTests
{
    private static readonly TrainingOptions Plain = TestModels.Options();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Should_GiveTheSameBits_When_ActivationsAreComputedAgain(bool tied)
    {
        using LlamaModel model = TestModels.Small(tied: tied);
        EncodedRow[] rows = TestModels.Rows(9);
        (double loss, float[] gradient) = Backward(model, rows, Plain);
        (double again, float[] recomputed) = Backward(model, rows, Plain with { ActivationCheckpointing = true });
        Assert.Equal(loss, again);
        Assert.Equal(gradient, recomputed);
        Assert.Contains(gradient, value => value != 0);
    }

    // In float32 the order of the sums differs: the largest difference is compared with the largest element.
    [Theory]
    [InlineData(true, false, 1)]
    [InlineData(true, true, 7)]
    [InlineData(false, false, 7)]
    [InlineData(false, true, 1000)]
    public void Should_AgreeToAMillionth_When_LogitsComeInChunks(bool tied, bool recompute, int positions)
    {
        using LlamaModel model = TestModels.Small(tied: tied);
        EncodedRow[] rows = TestModels.Rows(9);
        TrainingOptions options = Plain with { ActivationCheckpointing = recompute };
        (double loss, float[] gradient) = Backward(model, rows, options);
        (double chunkedLoss, float[] chunked) = Backward(model, rows, options, logits: positions * 50);
        Assert.InRange(chunkedLoss / loss, 1 - 1e-6, 1 + 1e-6);
        Assert.InRange(Difference(gradient, chunked), 0, 1e-6);
    }

    [Theory]
    [InlineData(1)] // each row by itself
    [InlineData(40)]
    [InlineData(10_000)] // all at once, sorted by length
    public void Should_BeTheGradientOfTheWholeBatch_When_MicroBatchesAreAddedUp(int microBatchTokens)
    {
        using LlamaModel model = TestModels.Small();
        EncodedRow[] rows = TestModels.Rows(8);
        (double loss, float[] gradient) = Backward(model, rows, Plain);
        TrainingOptions options = Plain with { MicroBatchTokens = microBatchTokens };
        (double partsLoss, float[] parts) = Backward(model, rows, options);
        Assert.InRange(partsLoss / loss, 1 - 1e-6, 1 + 1e-6);
        Assert.InRange(Difference(gradient, parts), 0, 2e-6);

        // Parts are cut from sorted rows, so that the order of the rows does not count at all.
        Assert.Equal(parts, Backward(model, [.. rows.Reverse()], options).Gradient);
    }

    [Fact]
    public void Should_StayWithinTheBudget_When_ABatchIsCut()
    {
        EncodedRow[] rows = TestModels.Rows(50);
        IReadOnlyList<EncodedRow[]> parts = MicroBatches.Of(rows, 60);
        Assert.Equal(rows.OrderBy(row => row.Id), parts.SelectMany(part => part).OrderBy(row => row.Id));
        Assert.All(parts, part => Assert.True(part.Length * part.Max(row => row.Tokens.Ids.Length) <= 60));
        Assert.Equal(rows, Assert.Single(MicroBatches.Of(rows, null)));
    }

    private static (double Loss, float[] Gradient) Backward(LlamaModel model, EncodedRow[] rows, TrainingOptions options, long logits = LossPass.MostLogits)
    {
        using DisposeScope scope = NewDisposeScope();
        double loss = new Trainer(model, options, 0) { MostLogits = logits }.Backward(rows, [model]);
        return (loss, TestModels.Values(model.Weights.Gradient));
    }

    private static double Difference(float[] expected, float[] actual) =>
        expected.Zip(actual).Max(pair => Math.Abs((double)pair.First - pair.Second)) / expected.Max(Math.Abs);
}
