using NaturalThoughts.Statistics;
using static NaturalThoughts.Reporting.Tables.DetectableEffect;

namespace NaturalThoughts.Comparing;

/// <summary>
/// The paired test of two runs. With one answer to each question McNemar's exact test, a paired t-test where scores are no verdicts. Answers drawn
/// anew are clustered by question: the t-test of the questions' mean differences, which is that of <see cref="ClusteredMean"/> with CR1 (Miller
/// 2024, arXiv 2411.00640). Where repeats are runs of their own, such as trainings, the two-way test over questions and repeats.
/// </summary>
public sealed record PairedTest
{
    private readonly Func<double, double> _detectable = _ => double.NaN;

    private PairedTest()
    {
    }

    /// <summary>Mean of the second's scores minus the first's, from -1 to 1.</summary>
    public double Difference { get; private init; }

    /// <summary>Its interval at 95 %; NaN ends where there is none.</summary>
    public Interval Interval { get; private init; } = new(double.NaN, double.NaN);

    /// <summary>Two-sided p; null where there is nothing to test.</summary>
    public double? P { get; private init; }

    /// <summary>The name of the test, or why there is none.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Tests two tables of scores [question, repeat].</summary>
    /// <param name="first">Those of the first run.</param>
    /// <param name="second">Those of the second.</param>
    /// <param name="repeatsAreRuns">True where something may move all answers of a repeat together.</param>
    /// <exception cref="ArgumentException">They are empty or of different sizes.</exception>
    public static PairedTest Of(double[,] first, double[,] second, bool repeatsAreRuns)
    {
        int questions = first.GetLength(0), repeats = first.GetLength(1);
        if (questions == 0 || second.GetLength(0) != questions || second.GetLength(1) != repeats)
        {
            throw new ArgumentException("Both tables have the same questions and repeats, one at least.", nameof(second));
        }

        double[,] differences = new double[questions, repeats];
        for (int q = 0; q < questions; q++)
        {
            for (int r = 0; r < repeats; r++)
            {
                differences[q, r] = second[q, r] - first[q, r];
            }
        }

        return repeats == 1 ? Single([.. differences.Cast<double>()], IsBinary(first) && IsBinary(second), "paired t-test over questions")
            : repeatsAreRuns ? Crossed(differences)
            : Single(
                [.. Enumerable.Range(0, questions).Select(q => Enumerable.Range(0, repeats).Average(r => differences[q, r]))], areVerdicts: false,
                "paired t-test clustered by question");
    }

    /// <summary>The smallest true difference that is found in four of five cases at a level; NaN where there is no test.</summary>
    public double Detectable(double level) => _detectable(level);

    internal static bool IsBinary(double[,] scores) => scores.Cast<double>().All(score => score is 0 or 1);

    // No difference of two shares lies outside of -1 to 1.
    private static Interval Possible(Interval interval) => new(Math.Max(-1, interval.Low), Math.Min(1, interval.High));

    private static PairedTest Crossed(double[,] differences)
    {
        CrossedContrast test = CrossedContrast.Of(differences);
        return new PairedTest(level => test.MinimumDetectable(WantedPower, level))
        {
            Difference = test.Estimate,
            Interval = Possible(test.Interval(1 - Level)),
            P = test.P,
            Name = test.Degeneracy switch
            {
                Degeneracy.None => "paired two-way clustered t-test (questions x repeats, Satterthwaite)",
                Degeneracy.Identical => "no test: every score is the same",
                Degeneracy.SingleQuestion => "no test: one question",
                _ => "no test: the differences do not vary",
            },
        };
    }

    private static PairedTest Single(double[] differences, bool areVerdicts, string name)
    {
        MeanSummary summary = MeanSummary.Of(differences);
        if (differences.All(difference => difference == 0))
        {
            return new PairedTest { Difference = 0, Name = "no test: every score is the same" };
        }

        if (areVerdicts)
        {
            int better = differences.Count(difference => difference > 0), worse = differences.Count(difference => difference < 0);
            double discordant = (double)(better + worse) / differences.Length;
            return new PairedTest(level => Statistics.Power.McNemarDifference(differences.Length, discordant, WantedPower, level))
            {
                Difference = summary.Mean,
                Interval = differences.Length > 1 ? Possible(summary.Interval(1 - Level)) : new Interval(double.NaN, double.NaN),
                P = new McNemar(better, worse).ExactP,
                Name = "McNemar's exact test",
            };
        }

        PairedT test = PairedT.Of(differences);
        return test.Degenerate
            ? new PairedTest { Difference = summary.Mean, Name = differences.Length == 1 ? "no test: one question" : "no test: the differences do not vary" }
            : new PairedTest(level => Statistics.Power.Difference(summary.StandardError, differences.Length - 1, WantedPower, level))
            {
                Difference = summary.Mean,
                Interval = Possible(summary.Interval(1 - Level)),
                P = test.TwoSidedP,
                Name = name,
            };
    }

    private PairedTest(Func<double, double> detectable) => _detectable = detectable;
}
