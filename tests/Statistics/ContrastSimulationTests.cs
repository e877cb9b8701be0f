namespace NaturalThoughts.Statistics.Tests;

/// <summary>Level and power of the test in small simulations; bench/Power has larger ones.</summary>
public class ContrastSimulationTests
{
    [Theory]
    [InlineData(3, 3, 0, 0, false, 0.075)]
    [InlineData(3, 3, 0.25, 0.05, false, 0.08)]
    [InlineData(3, 12, 0, 0.03, false, 0.085)]
    [InlineData(3, 3, 0, 0, true, 0.07)]
    [InlineData(3, 3, 0.25, 0.05, true, 0.07)]
    [InlineData(3, 12, 0, 0.03, true, 0.07)]
    [InlineData(3, 12, 0.25, 0.05, true, 0.07)]
    public void Should_RejectNearTheNominalRate_When_StudentsAreEquallyGood(
        int replicates, int baseline, double questionSpread, double trainingNoise, bool pooled, double most)
    {
        double rate =
            new StudentSimulation { Replicates = replicates, BaselineReplicates = baseline, QuestionSpread = questionSpread, TrainingNoise = trainingNoise }
            .RejectionRate("size", trials: 1000, pooled);

        Assert.InRange(rate, 0.005, most);
    }

    [Fact]
    public void Should_HoldUnpooledAndBreakPooled_When_OneStudentIsFarNoisierThanItsPool()
    {
        // What pooling assumes, and why the unpooled test is beside it: a student with three times the noise of its kin.
        StudentSimulation unequal = new() { Replicates = 3, BaselineReplicates = 12, TrainingNoise = 0.02, FirstNoise = 3 };
        double pooled = unequal.RejectionRate("unequal", trials: 1000, pooled: true), own = unequal.RejectionRate("unequal", trials: 1000, pooled: false);

        Assert.InRange(own, 0.02, 0.1);
        Assert.True(pooled > own + 0.03, $"pooled {pooled}, own {own}");
    }

    [Fact]
    public void Should_RejectTooOften_When_ReplicatesAreForgotten()
    {
        // The fault that the two-way variance is there for: clustering by question alone while training noise is large.
        double rate = new StudentSimulation { TrainingNoise = 0.05 }.QuestionOnlyRejectionRate("size", trials: 1000);

        Assert.True(rate > 0.2, $"rate {rate}");
    }

    [Fact]
    public void Should_GainPower_When_NoiseIsPooledOrTheBaselineHasMoreReplicates()
    {
        StudentSimulation effect = new() { TrainingNoise = 0.02, Difference = 0.08 };
        double alone = effect.RejectionRate("power", trials: 400, pooled: false), pooled = effect.RejectionRate("power", trials: 400, pooled: true);
        double more = (effect with { BaselineReplicates = 12 }).RejectionRate("power", trials: 400, pooled: true);

        Assert.True(pooled > alone + 0.05, $"alone {alone}, pooled {pooled}");
        Assert.True(more > pooled + 0.05, $"pooled {pooled}, more replicates {more}");
    }
}
