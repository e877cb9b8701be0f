using NaturalThoughts.Contracts;

namespace NaturalThoughts.Statistics.Tests;

public class CrossedContrastTests
{
    private static readonly double[,] Small = { { 1, 2 }, { 3, 6 } };

    [Fact]
    public void Should_GiveMeanSquares_When_TableIsSmall()
    {
        // By hand: rows 1,2 | 3,6: mean 3; row means 1.5, 4.5; column means 2, 4. MS_q = 2 (1.5^2 + 1.5^2) = 9, MS_r = 2 (1 + 1) = 4, rest 4 x 0.25 = 1.
        CrossedMeanSquares squares = CrossedMeanSquares.Of(Small);

        Assert.Equal((3, 9, 4, 1), (squares.Mean, squares.Question, squares.Replicate, squares.Residual));
        Assert.Equal(Math.Sqrt((9 + 4 - 1) / 4.0), squares.StandardError, 12);
    }

    [Fact]
    public void Should_UseSatterthwaite_When_TableIsSmall()
    {
        CrossedContrast test = CrossedContrast.Of(Small);

        // In units of Q R = 4: questions 9 with 1 degree of freedom, replicates 4 with 1, of which the rest, 1, is the answers'.
        Assert.Equal(12.0 * 12 / (81 + 16), test.DegreesOfFreedom, 12);
        Assert.Equal(TDistribution.TwoSided(3 / Math.Sqrt(3), 144.0 / 97), test.P!.Value, 12);
    }

    [Fact]
    public void Should_AddOverTermsStrataAndReplicates_When_TheyDiffer()
    {
        // By hand. Stratum 1: a = rows (1, 0, 1), (0, 0, 1): means 2/3, 1/3. b = rows (0, 1), (0, 0): means 1/2, 0. d = 1/6, 1/3: mean 1/4, variance 1/72.
        // Stratum 2: a = (1, 1, 1), (0, 1, 0): 1, 1/3. b = (1, 1), (1, 0): 1, 1/2. d = 0, -1/6: mean -1/12, variance 1/72.
        double[][,] a = [new double[,] { { 1, 0, 1 }, { 0, 0, 1 } }, new double[,] { { 1, 1, 1 }, { 0, 1, 0 } }];
        double[][,] b = [new double[,] { { 0, 1 }, { 0, 0 } }, new double[,] { { 1, 1 }, { 1, 0 } }];
        TrainingNoise noiseA = TrainingNoise.Of(a)!, noiseB = TrainingNoise.Of(b)!;

        // Replicates' means over both strata: a 1/2, 1/2, 3/4: variance 1/48. b 1/2, 1/2: 0.
        Assert.Equal(1 / 48.0, noiseA.Between, 12);
        Assert.Equal(0, noiseB.Between, 12);
        double Residual(double[,] table) => CrossedMeanSquares.Of(table).Residual;
        Assert.Equal((Residual(a[0]) + Residual(a[1])) / 2 / 4, noiseA.Within, 12);

        CrossedContrast test = CrossedContrast.Of([new ContrastTerm(1, a), new ContrastTerm(-1, b)]);
        double[] floors = [.. Enumerable.Range(0, 2).Select(s => (Residual(a[s]) / 3) + (Residual(b[s]) / 2))];
        double questions = floors.Sum(floor => Math.Max(1 / 72.0, floor) / 2 / 4);
        double variance = questions + (noiseA.Excess / 3) + (noiseB.Excess / 2);
        double uncertainty = (2 * Math.Pow(1 / 72.0 / 8, 2)) + (Math.Pow(noiseA.Between / 3, 2) / 2) + (Math.Pow(noiseB.Between / 2, 2) / 1);

        Assert.Equal((0.25 - (1 / 12.0)) / 2, test.Estimate, 12);
        Assert.Equal(Math.Sqrt(variance), test.StandardError, 12);
        Assert.Equal(Math.Max(1, variance * variance / uncertainty), test.DegreesOfFreedom, 9);
    }

    [Fact]
    public void Should_CountOneEstimateOnce_When_TermsShareTheirPool()
    {
        double[][,] a = [new double[,] { { 1, 0 }, { 0, 1 }, { 1, 1 } }], b = [new double[,] { { 0, 0, 1 }, { 1, 0, 0 }, { 0, 1, 1 } }];
        TrainingNoise pool = new(Between: 0.05, Within: 0.02, DegreesOfFreedom: 8, Students: 4), other = pool with { Students = 5 };
        CrossedContrast shared = CrossedContrast.Of([new ContrastTerm(1, a, pool), new ContrastTerm(-1, b, pool)]);
        CrossedContrast apart = CrossedContrast.Of([new ContrastTerm(1, a, pool), new ContrastTerm(-1, b, other)]);

        Assert.Equal(shared.StandardError, apart.StandardError, 12);
        Assert.True(shared.DegreesOfFreedom < apart.DegreesOfFreedom);
        Assert.Equal(shared.P, CrossedContrast.Of([new ContrastTerm(-1, b, pool), new ContrastTerm(1, a, pool)]).P);
    }

    [Fact]
    public void Should_MoveTogether_When_TermsAreTheSameStudent()
    {
        // A student asked in two modes: its replicates' effect cancels in the difference, and so does its noise.
        SeededRandom random = SeededRandom.From("contrast", "modes");
        double[,] think = new double[40, 4], direct = new double[40, 4], difference = new double[40, 4];
        for (int r = 0; r < 4; r++)
        {
            for (int q = 0; q < 40; q++)
            {
                think[q, r] = random.Chance(0.2 + (0.2 * r)) ? 1 : 0;
                direct[q, r] = random.Chance(0.1 + (0.2 * r)) ? 1 : 0;
                difference[q, r] = think[q, r] - direct[q, r];
            }
        }

        CrossedContrast same = CrossedContrast.Of([new ContrastTerm(1, [think], Student: "one"), new ContrastTerm(-1, [direct], Student: "one")]);

        Assert.Equal(CrossedContrast.Of(difference), same);
        Assert.True(same.StandardError < 0.5 * CrossedContrast.Of([new ContrastTerm(1, [think]), new ContrastTerm(-1, [direct])]).StandardError);
        Assert.Equal(
            Degeneracy.Identical, CrossedContrast.Of([new ContrastTerm(1, [think], Student: "one"), new ContrastTerm(-1, [think], Student: "one")]).Degeneracy);
    }

    [Fact]
    public void Should_AddWeights_When_OneCellStandsInSeveralTerms()
    {
        double[][,] random = [new double[,] { { 1, 0, 1 }, { 0, 0, 1 }, { 0, 1, 0 }, { 1, 1, 1 } }];
        double[][,] a = [new double[,] { { 1, 1 }, { 0, 1 }, { 0, 0 }, { 1, 0 } }], b = [new double[,] { { 0, 1 }, { 1, 1 }, { 0, 1 }, { 1, 1 } }];
        CrossedContrast one = CrossedContrast.Of([new ContrastTerm(0.5, a), new ContrastTerm(0.5, b), new ContrastTerm(-1, random)]);
        CrossedContrast two = CrossedContrast.Of(
            [new ContrastTerm(0.5, a), new ContrastTerm(-0.5, random, Student: "r"), new ContrastTerm(0.5, b), new ContrastTerm(-0.5, random, Student: "r")]);

        Assert.Equal(one.Estimate, two.Estimate, 12);
        Assert.Equal(one.StandardError, two.StandardError, 12);
    }

    [Fact]
    public void Should_TestOneSideAndEquivalence_When_Asked()
    {
        CrossedContrast test = CrossedContrast.Of(new double[,] { { 1, 0 }, { 0, 1 }, { 1, 1 }, { -1, 0 }, { 0, -1 }, { 1, 0 } });

        Assert.Equal(test.P!.Value, 2 * test.PGreater()!.Value, 12);
        Assert.Equal(1, test.PGreater(0.1)!.Value + test.PLess(0.1)!.Value, 12);
        Interval ninety = test.Interval(0.9);
        Assert.Equal(0.05, test.PGreater(ninety.Low)!.Value, 9);
        Assert.Equal(0.05, test.PLess(ninety.High)!.Value, 9);

        // Equivalent at 0.05 exactly when the 90 % interval lies between the bounds.
        Assert.True(Tost.Of(test, ninety.Low - 0.01, ninety.High + 0.01).P < 0.05);
        Assert.True(Tost.Of(test, ninety.Low + 0.01, ninety.High + 0.01).P > 0.05);
        Assert.True(Tost.Of(test, ninety.Low - 0.01, ninety.High - 0.01).P > 0.05);
        Assert.Throws<ArgumentException>(() => Tost.Of(test, 0.1, 0.1));
        Assert.Null(Tost.Of(CrossedContrast.Of(new double[4, 3]), -0.1, 0.1).P);
    }

    [Fact]
    public void Should_EndAtZero_When_TheIntervalIsThatOfItsP()
    {
        CrossedContrast test = CrossedContrast.Of(Small);

        Interval interval = test.Interval(1 - test.P!.Value);

        Assert.Equal(0, interval.Low, 1e-9);
        Assert.Equal(2 * test.Estimate, interval.High, 1e-9);
        Assert.Equal(new Interval(double.NaN, double.NaN), CrossedContrast.Of(new double[4, 3]).Interval(0.95));
    }

    [Fact]
    public void Should_EqualClusteredError_When_ReplicatesHaveNoEffectOfTheirOwn()
    {
        // Every replicate has the same mean, so that only the questions' component is left: the standard error CR1 over questions.
        double[,] differences = { { 1, 0 }, { 0, 1 }, { 1, 1 }, { -1, 0 }, { 0, -1 }, { 0, 0 } };
        int[] clusters = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5];

        Assert.Equal(ClusteredMean.Of(clusters, [.. differences.Cast<double>()]).Cr1, CrossedContrast.Of(differences).StandardError, 12);
    }

    [Fact]
    public void Should_HaveNoTest_When_TwoStudentsGaveTheSameNoisyAnswers()
    {
        // Each student's answers vary from replicate to replicate, but what is tested does not.
        double[,] answers = { { 1, 0, 1 }, { 0, 0, 1 }, { 1, 1, 0 }, { 0, 1, 0 } };
        double[,] lower = { { 0, -1, 0 }, { -1, -1, 0 }, { 0, 0, -1 }, { -1, 0, -1 } };

        CrossedContrast same = CrossedContrast.Of([new ContrastTerm(1, [answers]), new ContrastTerm(-1, [(double[,])answers.Clone()])]);
        CrossedContrast shifted = CrossedContrast.Of([new ContrastTerm(1, [answers]), new ContrastTerm(-1, [lower])]);

        Assert.Equal((Degeneracy.Identical, 0.0, 0.0), (same.Degeneracy, same.Estimate, same.StandardError));
        Assert.Equal((Degeneracy.NoVariation, 1.0, 0.0), (shifted.Degeneracy, shifted.Estimate, shifted.StandardError));
        Assert.All(
            new[] { same, shifted },
            contrast => Assert.True(
                contrast.P is null && contrast.PGreater() is null && contrast.PLess() is null && double.IsNaN(contrast.MinimumDetectable(0.8, 0.05))));
    }

    [Fact]
    public void Should_HaveTheErrorOfAPairedTest_When_EachStudentHasOneReplicate()
    {
        double[] differences = [1, 0, -1, 1, 1, 0];
        double[,] left = new double[6, 1], right = new double[6, 1];
        for (int q = 0; q < differences.Length; q++)
        {
            (left[q, 0], right[q, 0]) = (Math.Max(0, differences[q]), Math.Max(0, -differences[q]));
        }

        CrossedContrast contrast = CrossedContrast.Of([new ContrastTerm(1, [left]), new ContrastTerm(-1, [right])]);

        Assert.Equal(Degeneracy.SingleReplicate, contrast.Degeneracy);
        Assert.Equal(MeanSummary.Of(differences).Sd / Math.Sqrt(6), contrast.StandardError, 12);
        Assert.Equal(5, contrast.DegreesOfFreedom, 9);
    }

    [Fact]
    public void Should_SayWhy_When_ThereIsNoPValue()
    {
        Assert.Equal(Degeneracy.Identical, CrossedContrast.Of(new double[4, 3]).Degeneracy);
        Assert.Equal(Degeneracy.NoVariation, CrossedContrast.Of(new double[,] { { 1, 1 }, { 1, 1 } }).Degeneracy);
        Assert.Equal(Degeneracy.SingleReplicate, CrossedContrast.Of(new double[,] { { 1 }, { 0 } }).Degeneracy);
        Assert.Equal(Degeneracy.SingleQuestion, CrossedContrast.Of(new double[,] { { 1, 0 } }).Degeneracy);
        Assert.All(
            new[] { new double[4, 3], new double[,] { { 1 }, { 0 } }, new double[,] { { 1, 0 } } },
            values => Assert.Null(CrossedContrast.Of(values).P));

        // One replicate against three has a test where others tell the noise, and none otherwise.
        double[][,] one = [new double[,] { { 1 }, { 0 }, { 1 } }], three = [new double[,] { { 1, 0, 1 }, { 0, 0, 0 }, { 1, 1, 0 } }];
        TrainingNoise pool = new(0.01, 0.005, 10, 5);
        Assert.Equal(Degeneracy.SingleReplicate, CrossedContrast.Of([new ContrastTerm(1, one), new ContrastTerm(-1, three)]).Degeneracy);
        Assert.NotNull(CrossedContrast.Of([new ContrastTerm(1, one, pool), new ContrastTerm(-1, three, pool)]).P);
    }

    [Fact]
    public void Should_RefuseTerms_When_TheyDoNotFitTogether()
    {
        ContrastTerm term = new(1, [new double[2, 2]]);

        Assert.Throws<ArgumentException>(() => CrossedContrast.Of([]));
        Assert.Throws<ArgumentException>(() => CrossedContrast.Of([term, new ContrastTerm(-1, [new double[3, 2]])]));
        Assert.Throws<ArgumentException>(() => CrossedContrast.Of([term, new ContrastTerm(-1, [new double[2, 2], new double[2, 2]])]));
        Assert.Throws<ArgumentException>(() => CrossedContrast.Of([new ContrastTerm(1, [new double[2, 2], new double[2, 3]])]));
        Assert.Throws<ArgumentException>(() => CrossedContrast.Of([term with { Student = "a" }, new ContrastTerm(-1, [new double[2, 3]], Student: "a")]));
        Assert.Throws<ArgumentException>(() => CrossedContrast.Of([term with { Weight = double.NaN }]));
    }
}
