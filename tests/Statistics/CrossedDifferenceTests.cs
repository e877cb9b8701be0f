using NaturalThoughts.Contracts;

namespace NaturalThoughts.Statistics.Tests;

public class CrossedDifferenceTests
{
    [Fact]
    public void Should_GiveMeanSquares_When_TableIsSmall()
    {
        // By hand: rows 1,2 | 3,6: mean 3; row means 1.5, 4.5; column means 2, 4. MS_q = 2 (1.5^2 + 1.5^2) = 9, MS_r = 2 (1 + 1) = 4, rest 4 x 0.25 = 1.
        CrossedMeanSquares squares = CrossedMeanSquares.Of(new double[,] { { 1, 2 }, { 3, 6 } });

        Assert.Equal((3, 9, 4, 1), (squares.Mean, squares.Question, squares.Replicate, squares.Residual));
        Assert.Equal(Math.Sqrt((9 + 4 - 1) / 4.0), squares.StandardError, 12);
    }

    [Fact]
    public void Should_UseSatterthwaite_When_TableIsSmall()
    {
        CrossedDifference test = CrossedDifference.Of(new double[,] { { 1, 2 }, { 3, 6 } });

        Assert.Equal(12.0 * 12 / (81 + 16 + 1), test.DegreesOfFreedom, 12);
        Assert.Equal(Student.TwoSided(3 / Math.Sqrt(3), 144.0 / 98), test.P!.Value, 12);
    }

    [Fact]
    public void Should_AddTheNoiseOfBothStudents_When_ItIsPooled()
    {
        // The same table: MS_q = 9, MS_e = 1. One student's replicates move by (5 - 1) beyond the residual, those of a difference by twice that.
        TrainingNoise noise = new(Replicate: 5, Residual: 1, DegreesOfFreedom: 4, Students: 2);
        CrossedDifference test = CrossedDifference.Of(new double[,] { { 1, 2 }, { 3, 6 } }, (noise, noise));

        Assert.Equal(Math.Sqrt((9 + (2 * 4)) / 4.0), test.StandardError, 12);
        Assert.Equal(17.0 * 17 / (81 + (4 * 25 / 4.0)), test.DegreesOfFreedom, 12);
    }

    [Fact]
    public void Should_AddEachOnesNoise_When_TheStudentsAreOfTwoKinds()
    {
        TrainingNoise still = new(Replicate: 1, Residual: 2, DegreesOfFreedom: 2, Students: 1);
        TrainingNoise moving = new(Replicate: 5, Residual: 1, DegreesOfFreedom: 4, Students: 2);
        CrossedDifference test = CrossedDifference.Of(new double[,] { { 1, 2 }, { 3, 6 } }, (still, moving));

        Assert.Equal(Math.Sqrt((9 + 0 + 4) / 4.0), test.StandardError, 12);
        Assert.Equal(13.0 * 13 / (81 + (1 / 2.0) + (25 / 4.0)), test.DegreesOfFreedom, 12);
        Assert.Equal(test.P, CrossedDifference.Of(new double[,] { { 1, 2 }, { 3, 6 } }, (moving, still)).P);
    }

    [Fact]
    public void Should_EndAtZero_When_TheIntervalIsThatOfItsP()
    {
        CrossedDifference test = CrossedDifference.Of(new double[,] { { 1, 2 }, { 3, 6 } });

        Interval interval = test.Interval(1 - test.P!.Value);

        Assert.Equal(0, interval.Low, 1e-9);
        Assert.Equal(2 * test.Mean, interval.High, 1e-9);
        Assert.Equal(new Interval(double.NaN, double.NaN), CrossedDifference.Of(new double[4, 3]).Interval(0.95));
    }

    [Fact]
    public void Should_EqualClusteredError_When_ReplicatesHaveNoEffectOfTheirOwn()
    {
        // Every replicate has the same mean, so that only the questions' component is left: the standard error CR1 over questions.
        double[,] differences = { { 1, 0 }, { 0, 1 }, { 1, 1 }, { -1, 0 }, { 0, -1 }, { 0, 0 } };
        int[] clusters = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5];

        CrossedDifference test = CrossedDifference.Of(differences);

        Assert.Equal(ClusteredMean.Of(clusters, [.. differences.Cast<double>()]).Cr1, test.StandardError, 12);
    }

    [Fact]
    public void Should_SayWhy_When_ThereIsNoPValue()
    {
        Assert.Equal(Degeneracy.Identical, CrossedDifference.Of(new double[4, 3]).Degeneracy);
        Assert.Equal(Degeneracy.NoVariation, CrossedDifference.Of(new double[,] { { 1, 1 }, { 1, 1 } }).Degeneracy);
        Assert.Equal(Degeneracy.SingleReplicate, CrossedDifference.Of(new double[,] { { 1 }, { 0 } }).Degeneracy);
        Assert.Equal(Degeneracy.SingleQuestion, CrossedDifference.Of(new double[,] { { 1, 0 } }).Degeneracy);
        Assert.All(
            new[] { new double[4, 3], new double[,] { { 1 }, { 0 } }, new double[,] { { 1, 0 } } },
            values => Assert.Null(CrossedDifference.Of(values).P));
    }

    [Theory]
    [InlineData(0, 0, false, 0.075)]
    [InlineData(0.25, 0, false, 0.075)]
    [InlineData(0, 0.03, false, 0.075)]
    [InlineData(0.25, 0.05, false, 0.08)]
    [InlineData(0, 0, true, 0.07)]
    [InlineData(0.25, 0, true, 0.07)]
    [InlineData(0, 0.03, true, 0.07)]
    [InlineData(0.25, 0.05, true, 0.07)]
    public void Should_RejectNearTheNominalRate_When_StudentsAreEquallyGood(double questionSpread, double trainingNoise, bool pooled, double most)
    {
        double rate = StudentSimulation.RejectionRate("size", trials: 1000, questionSpread, trainingNoise, difference: 0, pooled);

        Assert.InRange(rate, 0.005, most);
    }

    [Fact]
    public void Should_RejectTooOften_When_ReplicatesAreForgotten()
    {
        // The fault that the two-way variance is there for: clustering by question alone while training noise is large.
        double rate = StudentSimulation.QuestionOnlyRejectionRate("size", trials: 1000, questionSpread: 0, trainingNoise: 0.05);

        Assert.True(rate > 0.2, $"rate {rate}");
    }

    [Fact]
    public void Should_GainPower_When_NoiseIsPooled()
    {
        double alone = StudentSimulation.RejectionRate("power", trials: 400, 0, trainingNoise: 0.01, difference: 0.08, pooled: false);
        double pooled = StudentSimulation.RejectionRate("power", trials: 400, 0, trainingNoise: 0.01, difference: 0.08, pooled: true);

        Assert.True(pooled > alone + 0.1, $"alone {alone}, pooled {pooled}");
    }
}
