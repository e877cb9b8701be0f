using NaturalThoughts.Contracts;
using NaturalThoughts.Reporting.Findings;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Tests.Findings;

public sealed class ChordContrastTests
{
    [Theory]
    [InlineData(20, 40, 0)] // halfway between 10 and 30 tokens, and between 20 and 60
    [InlineData(20, 55, 15)]
    [InlineData(10, 20, 0)]
    [InlineData(40, 80, 0)] // the line goes on
    [InlineData(15, 20, -10)]
    public void Should_BeTheHeightAboveTheLine_When_MeansAreGiven(double tokens, double value, double height)
    {
        CrossedContrast chord = ChordContrast.Of(
            [new(1, [Around(value, "v")]), new(1, [Around(20, "a")]), new(1, [Around(60, "b")])],
            [new(1, [Around(tokens, "t")]), new(1, [Around(10, "c")]), new(1, [Around(30, "d")])])!;

        Assert.Equal(height, chord.Estimate, 9);
        Assert.NotNull(chord.P);
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(10.2, false)]
    [InlineData(11, false)]
    [InlineData(30, true)]
    public void Should_GiveNoTest_When_TheEndsAreTooNear(double tokens, bool isLine)
    {
        ContrastTerm[] terms = [new(1, [Around(40, "v")]), new(1, [Around(20, "a")]), new(1, [Around(60, "b")])];

        CrossedContrast? chord = ChordContrast.Of(
            terms, [new(1, [Around(20, "t")]), new(1, [Around(10, "c")]), new(1, [Around(tokens, tokens == 10 ? "c" : "d")])]);

        Assert.Equal(isLine, chord is not null);
    }

    [Fact]
    public void Should_KeepItsLevel_When_TheStudentTossesACoin()
    {
        // Each replicate thinks with a share of its own, and so do its tokens: a point anywhere on the line. Without the tokens' part in the variance
        // this share would look like noise of the accuracy.
        const int Draws = 400;
        List<double> estimates = [], errors = [];
        int rejected = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            (double[,] a, double[,] t)[] arms = Students(draw, questions: 60, replicates: 6);
            CrossedContrast chord = ChordContrast.Of(
                [.. arms.Select(arm => new ContrastTerm(1, [arm.a], null, "s"))], [.. arms.Select(arm => new ContrastTerm(1, [arm.t], null, "s"))])!;
            estimates.Add(chord.Estimate);
            errors.Add(chord.StandardError * chord.StandardError);
            rejected += chord.P < 0.05 ? 1 : 0;
        }

        MeanSummary spread = MeanSummary.Of(estimates);
        Assert.InRange(spread.Mean, -3 * spread.Sd / Math.Sqrt(Draws), 3 * spread.Sd / Math.Sqrt(Draws));
        Assert.InRange(spread.Sd / Math.Sqrt(errors.Average()), 0.88, 1.12);
        Assert.InRange(rejected / (double)Draws, 0.02, 0.085);
    }

    // A question is solved by luck below its ease, with a bonus for thinking; thinking takes longer on hard questions.
    private static (double[,] A, double[,] T)[] Students(int draw, int questions, int replicates)
    {
        (double[,], double[,])[] arms = [.. Enumerable.Range(0, 3).Select(_ => (new double[questions, replicates], new double[questions, replicates]))];
        for (int r = 0; r < replicates; r++)
        {
            double share = Unit(draw, "share", 0, r), skill = 0.2 * Unit(draw, "skill", 0, r);
            for (int q = 0; q < questions; q++)
            {
                double ease = Unit(draw, "ease", q, 0) / 2;
                for (int arm = 0; arm < 3; arm++)
                {
                    bool thinks = arm == 2 || (arm == 0 && Unit(draw, "coin", q, r) < share);
                    (double[,] a, double[,] t) = arms[arm];
                    a[q, r] = Unit(draw, $"luck{arm}", q, r) < ease + skill + (thinks ? 0.3 : 0) ? 100 : 0;
                    t[q, r] = thinks ? 40 * (1.5 - ease) * (0.5 + Unit(draw, $"tokens{arm}", q, r)) : 4;
                }
            }
        }

        return arms;
    }

    private static double Unit(int draw, string what, int question, int replicate) =>
        SeededRandom.DrawDouble("chord", $"{draw}", what, $"{question}", $"{replicate}");

    private static double[,] Around(double mean, string seed)
    {
        double[,] values = new double[4, 2];
        for (int q = 0; q < 4; q++)
        {
            double noise = SeededRandom.DrawDouble("around", seed, $"{q}");
            (values[q, 0], values[q, 1]) = (mean + noise, mean - noise);
        }

        return values;
    }
}
