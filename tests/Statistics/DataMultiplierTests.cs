using NaturalThoughts.Contracts;

namespace NaturalThoughts.Statistics.Tests;

public class DataMultiplierTests
{
    private const double PerDoubling = 0.06;

    [Fact]
    public void Should_CoverTheTrueFactor_When_TheCurveIsALine()
    {
        // Random's accuracy rises by 0.06 with each doubling; the student at 1,000 is worth twice the data.
        int covered = 0, rejected = 0;
        const int Trials = 60;
        double sum = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            SeededRandom random = SeededRandom.From("multiplier", trial.ToString(System.Globalization.CultureInfo.InvariantCulture));
            double[] easiness = [.. Enumerable.Range(0, 400).Select(_ => 0.5 * random.NextDouble())];
            (double, ContrastTerm)[] curve =
                [.. new[] { 250.0, 1000, 4000 }.Select((size, i) => (size, Term(random, easiness, PerDoubling * 2 * i, 8, $"random {size}")))];
            DataMultiplier multiplier = DataMultiplier.Of(Term(random, easiness, PerDoubling * 3, 4, null), curve[1].Item2, curve, 0.95)!;
            Assert.InRange(multiplier.Value, multiplier.Interval.Low, multiplier.Interval.High);
            sum += Math.Log(multiplier.Value);
            covered += multiplier.Interval.Low <= 2 && multiplier.Interval.High >= 2 ? 1 : 0;
            rejected += multiplier.BendP <= 0.05 ? 1 : 0;
        }

        Assert.InRange(Math.Exp(sum / Trials), 1.8, 2.2);
        Assert.InRange(covered, 52, Trials);
        Assert.InRange(rejected, 0, 8);
    }

    [Fact]
    public void Should_RejectTheLine_When_AConcaveCurveMakesItsIntervalMissTheTrueFactor()
    {
        // Accuracy is 0.27 u - 0.07 u^2 with u = log4(size/250), and the student at 250 is worth twice the data: u = 1/2.
        static double Skill(double u) => (0.27 * u) - (0.07 * u * u);
        int covered = 0;
        const int Trials = 20;
        for (int trial = 0; trial < Trials; trial++)
        {
            SeededRandom random = SeededRandom.From("multiplier", "concave", trial.ToString(System.Globalization.CultureInfo.InvariantCulture));
            double[] easiness = [.. Enumerable.Range(0, 400).Select(_ => 0.5 * random.NextDouble())];
            (double, ContrastTerm)[] curve =
                [.. new[] { 250.0, 1000, 4000 }.Select((size, i) => (size, Term(random, easiness, Skill(i), 8, $"random {size}")))];
            DataMultiplier multiplier = DataMultiplier.Of(Term(random, easiness, Skill(0.5), 8, null), curve[0].Item2, curve, 0.95)!;
            covered += multiplier.Interval.Low <= 2 && multiplier.Interval.High >= 2 ? 1 : 0;
            Assert.True(multiplier.BendP <= 0.05, $"Trial {trial}: p {multiplier.BendP}.");
        }

        Assert.InRange(covered, 0, Trials / 2);
    }

    [Fact]
    public void Should_TestTheDividedSecondDifference_When_ThreeSizesAreUnevenlyApart()
    {
        SeededRandom random = SeededRandom.From("multiplier", "uneven");
        double[] easiness = [.. Enumerable.Range(0, 300).Select(_ => 0.5 * random.NextDouble())];
        (double Size, ContrastTerm Student)[] curve =
            [.. new[] { 0, 1, 3 }.Select(u => (250 * Math.Exp(u), Term(random, easiness, 0.05 * u, 6, $"random {u}")))];
        ContrastTerm student = Term(random, easiness, 0.1, 4, null);
        double[] weights = [1 / 3.0, -1 / 2.0, 1 / 6.0];
        double expected = CrossedContrast.Of([.. curve.Select((point, i) => point.Student with { Weight = weights[i] })]).P!.Value;

        Assert.Equal(expected, DataMultiplier.Of(student, curve[1].Student, curve, 0.95)!.BendP!.Value, 1e-9);
        Assert.Null(DataMultiplier.Of(student, curve[1].Student, [curve[0], curve[2]], 0.95)!.BendP);
    }

    [Fact]
    public void Should_LeaveOneOut_When_AndOnlyWhenTheDifferenceIsSignificant()
    {
        SeededRandom random = SeededRandom.From("multiplier", "signs");
        double[] easiness = [.. Enumerable.Range(0, 300).Select(_ => 0.5 * random.NextDouble())];
        (double, ContrastTerm)[] curve = [(250, Term(random, easiness, 0, 6, "small")), (1000, Term(random, easiness, 0.15, 6, "large"))];
        int significant = 0;
        for (int i = 0; i < 20; i++)
        {
            ContrastTerm student = Term(random, easiness, 0.15 + (0.02 * (i - 10)), 3, null);
            CrossedContrast test = CrossedContrast.Of([student, curve[1].Item2 with { Weight = -1 }]);
            DataMultiplier multiplier = DataMultiplier.Of(student, curve[1].Item2, curve, 0.95)!;
            Assert.Equal(test.P <= 0.05, multiplier.Interval.Low > 1 || multiplier.Interval.High < 1);
            significant += test.P <= 0.05 ? 1 : 0;
        }

        Assert.InRange(significant, 1, 19);
    }

    [Fact]
    public void Should_EndWhereTheContrastIsRejected_When_BothEndsAreFinite()
    {
        SeededRandom random = SeededRandom.From("multiplier", "ends");
        double[] easiness = [.. Enumerable.Range(0, 300).Select(_ => 0.5 * random.NextDouble())];
        (double Size, ContrastTerm Student)[] curve = [(250, Term(random, easiness, 0, 8, "small")), (1000, Term(random, easiness, 0.2, 8, "large"))];
        ContrastTerm student = Term(random, easiness, 0.22, 4, null);
        Interval interval = DataMultiplier.Of(student, curve[1].Student, curve, 0.95)!.Interval;

        Assert.InRange(Rejected(interval.Low), 0.05, 0.051);
        Assert.InRange(Rejected(interval.High), 0.05, 0.051);
        Assert.True(Rejected(interval.Low / 1.001) < 0.05 && Rejected(interval.High * 1.001) < 0.05);

        // student - reference - slope x ln(factor); of two sizes the slope is their difference by ln(4).
        double Rejected(double factor)
        {
            double steps = Math.Log(factor) / Math.Log(4);
            return CrossedContrast.Of(
                [student, curve[1].Student with { Weight = -1 - steps }, curve[0].Student with { Weight = steps }]).P!.Value;
        }
    }

    [Fact]
    public void Should_HaveNoEnds_When_AFlatCurveSaysLittle()
    {
        // A rise of 0.8 points with four times the data is certain, but the student's own noise is several times as large.
        SeededRandom random = SeededRandom.From("multiplier", "wide");
        double[] easiness = [.. Enumerable.Range(0, 60).Select(_ => 0.5 * random.NextDouble())];
        (double Size, ContrastTerm Student)[] curve =
            [(250, Term(random, easiness, 0.102, 3000, "small")), (1000, Term(random, easiness, 0.11, 3000, "large"))];
        Interval interval = DataMultiplier.Of(Term(random, easiness, 0.11, 2, null), curve[1].Student, curve, 0.95)!.Interval;

        Assert.Equal((0.0, double.PositiveInfinity), (interval.Low, interval.High));
    }

    [Fact]
    public void Should_GiveNone_When_TheCurveIsFlat()
    {
        SeededRandom random = SeededRandom.From("multiplier", "flat");
        double[] easiness = [.. Enumerable.Range(0, 100).Select(_ => 0.5 * random.NextDouble())];
        (double, ContrastTerm)[] falling = [(250, Term(random, easiness, 0.2, 4, "small")), (1000, Term(random, easiness, 0, 4, "large"))];

        Assert.Null(DataMultiplier.Of(Term(random, easiness, 0.1, 4, null), falling[1].Item2, falling, 0.95));
        Assert.Throws<ArgumentException>(() => DataMultiplier.Of(falling[0].Item2, falling[0].Item2, falling[..1], 0.95));
    }

    private static ContrastTerm Term(SeededRandom random, double[] easiness, double skill, int replicates, string? student)
    {
        double[,] verdicts = new double[easiness.Length, replicates];
        for (int r = 0; r < replicates; r++)
        {
            double noise = 0.02 * (random.NextDouble() - 0.5);
            for (int q = 0; q < easiness.Length; q++)
            {
                verdicts[q, r] = random.Chance(easiness[q] + skill + noise) ? 1 : 0;
            }
        }

        return new ContrastTerm(1, [verdicts], Student: student);
    }
}
