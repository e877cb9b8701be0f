using NaturalThoughts.Contracts;
using NaturalThoughts.Reporting.Findings;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Tests.Findings;

public sealed class RatioTestTests
{
    [Fact]
    public void Should_HoldTheRatiosThatAreNotRejected_When_AnIntervalIsMade()
    {
        RatioTest ratio = new(Term(60, "a"), Term(30, "b"));

        Interval interval = ratio.Interval(0.95);

        Assert.InRange(ratio.Estimate, 1.8, 2.2);
        Assert.True(interval.Low < ratio.Estimate && ratio.Estimate < interval.High);
        Assert.Equal(0.025, ratio.PGreater(interval.Low)!.Value, 6);
        Assert.Equal(0.025, ratio.PLess(interval.High)!.Value, 6);
    }

    [Fact]
    public void Should_AgreeWithFiellersFormula_When_QuestionsAloneVary()
    {
        // Fieller (1954) for paired means: the roots of (b^2 - t^2 Vbb) r^2 - 2 (a b - t^2 Vab) r + (a^2 - t^2 Vaa) = 0, with one replicate's worth of
        // noise in the questions only: both replicates are equal.
        double[,] a = Twice(Draw(60, "a")), b = Twice(Draw(30, "b"));
        RatioTest ratio = new(new ContrastTerm(1, [a]), new ContrastTerm(-1, [b]));

        Interval interval = ratio.Interval(0.95);

        int n = a.GetLength(0);
        double ma = Mean(a), mb = Mean(b), vaa = Cov(a, a) / n, vbb = Cov(b, b) / n, vab = Cov(a, b) / n, t = TDistribution.Quantile(0.975, n - 1);
        double qa = (mb * mb) - (t * t * vbb), qb = (ma * mb) - (t * t * vab), qc = (ma * ma) - (t * t * vaa), root = Math.Sqrt((qb * qb) - (qa * qc));
        Assert.Equal((qb - root) / qa, interval.Low, 6);
        Assert.Equal((qb + root) / qa, interval.High, 6);
    }

    [Fact]
    public void Should_HaveNoEnd_When_TheDenominatorMayBeNothing()
    {
        double[,] noise = new double[4, 2] { { 9, -9 }, { -9, 9 }, { 8, -8 }, { 1, 1 } };

        Interval interval = new RatioTest(Term(60, "a", 4), new ContrastTerm(-1, [noise])).Interval(0.95);

        Assert.True(double.IsNaN(interval.High));
    }

    private static ContrastTerm Term(double mean, string seed, int questions = 40) => new(1, [Draw(mean, seed, questions)]);

    private static double[,] Draw(double mean, string seed, int questions = 40)
    {
        double[,] values = new double[questions, 2];
        for (int q = 0; q < questions; q++)
        {
            for (int r = 0; r < 2; r++)
            {
                values[q, r] = mean * (0.5 + SeededRandom.DrawDouble("ratio", seed, $"{q}", $"{r}"));
            }
        }

        return values;
    }

    private static double[,] Twice(double[,] values)
    {
        for (int q = 0; q < values.GetLength(0); q++)
        {
            values[q, 1] = values[q, 0];
        }

        return values;
    }

    private static double Mean(double[,] values) => values.Cast<double>().Average();

    private static double Cov(double[,] a, double[,] b) =>
        Enumerable.Range(0, a.GetLength(0)).Sum(q => (a[q, 0] - Mean(a)) * (b[q, 0] - Mean(b))) / (a.GetLength(0) - 1);
}
