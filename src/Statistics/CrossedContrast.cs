namespace NaturalThoughts.Statistics;

/// <summary>
/// A weighted sum of students' accuracies, each the mean over strata (benchmarks) of its mean verdict, with questions and replicates as (crossed)
/// clusters; two students on the same questions are the case of weights 1 and -1. All students answer the same questions; how many replicates
/// each has is its own, and they are independent between students. The variance adds a component for questions and one for replicates, the
/// two-way clustered variance of Cameron, Gelbach and Miller (2011) for full tables, each by moments and kept at 0 or above:
/// per stratum the variance over questions of d_q = sum of weight x mean over replicates (which holds the noise of single answers) over Q, and per
/// student weight^2/R times the variance of its replicates' accuracies (on the mean over strata, since one student answers all of them) beyond
/// that noise. Degrees of freedom are Satterthwaite's (1946), as in the analysis of several readers by several cases, which is the same design
/// (Hillis 2007, Statistics in Medicine 26:596): many when questions dominate, few when the replicates do. The uncertainty of the subtracted noise
/// of answers is Q - 1 times smaller than that of the replicates and is left out. docs/power.md has its level and power in simulations.
/// </summary>
/// <param name="Estimate">The weighted sum, in units of the verdicts.</param>
/// <param name="StandardError">Its standard error; NaN where it cannot be estimated.</param>
/// <param name="DegreesOfFreedom">Satterthwaite's, at least 1; NaN without a standard error.</param>
/// <param name="Degeneracy">Why there is no p, or <see cref="Degeneracy.None"/>.</param>
public sealed record CrossedContrast(double Estimate, double StandardError, double DegreesOfFreedom, Degeneracy Degeneracy)
{
    /// <summary>The name that tables print.</summary>
    public const string Name = "paired two-way clustered t-test (questions x replicates, Satterthwaite)";

    /// <summary>Two-sided p that the true value is 0; null for a degenerate contrast.</summary>
    public double? P => Degeneracy == Degeneracy.None ? TDistribution.TwoSided(Estimate / StandardError, DegreesOfFreedom) : null;

    /// <summary>
    /// One-sided p against the alternative that the true value is greater than <paramref name="reference"/>; null for a degenerate contrast. Non-inferiority by
    /// a margin m is the reference -m.
    /// </summary>
    public double? PGreater(double reference = 0) =>
        Degeneracy == Degeneracy.None ? TDistribution.Sf((Estimate - reference) / StandardError, DegreesOfFreedom) : null;

    /// <summary>One-sided p against the alternative that the true value is less than <paramref name="reference"/>; null for a degenerate contrast.</summary>
    public double? PLess(double reference = 0) =>
        Degeneracy == Degeneracy.None ? TDistribution.Sf((reference - Estimate) / StandardError, DegreesOfFreedom) : null;

    /// <summary>Student's interval at a level such as 0.95; NaN ends for a degenerate contrast.</summary>
    public Interval Interval(double level) => Degeneracy == Degeneracy.None
        ? MeanSummary.StudentInterval(Estimate, StandardError, DegreesOfFreedom, level)
        : new Interval(double.NaN, double.NaN);

    /// <summary>The smallest true value, away from 0, that the two-sided test at the level finds with the given power; NaN for a degenerate contrast.</summary>
    public double MinimumDetectable(double power, double alpha) =>
        Degeneracy == Degeneracy.None ? Power.Difference(StandardError, DegreesOfFreedom, power, alpha) : double.NaN;

    /// <summary>The contrast of a table of paired differences [question, replicate], in which a replicate is one thing on both sides.</summary>
    public static CrossedContrast Of(double[,] differences) => Of([new ContrastTerm(1, [differences])]);

    /// <summary>Computes the contrast of weighted cells.</summary>
    /// <exception cref="ArgumentException">There are no terms or tables, they differ in strata or questions, or the same student differs in
    /// replicates.</exception>
    public static CrossedContrast Of(IReadOnlyList<ContrastTerm> terms)
    {
        IReadOnlyList<ContrastArm> arms = ContrastArm.Of(terms);
        int strata = arms[0].Verdicts.Count;
        double estimate = 0, variance = 0, uncertainty = 0;
        bool single = false;
        for (int s = 0; s < strata; s++)
        {
            (MeanSummary questions, double answers) = Questions(arms, s);
            double count = (double)questions.Count * strata * strata;
            double spread = questions.Sd * questions.Sd;
            estimate += questions.Mean / strata;
            variance += Math.Max(spread, answers) / count;
            uncertainty += spread / count * (spread / count) / (questions.Count - 1);
            single |= questions.Count == 1;
        }

        Degeneracy degeneracy = single ? Degeneracy.SingleQuestion : Find(arms, estimate);
        if (degeneracy == Degeneracy.SingleQuestion)
        {
            return new CrossedContrast(estimate, double.NaN, double.NaN, degeneracy);
        }

        if (degeneracy is Degeneracy.Identical or Degeneracy.NoVariation)
        {
            return new CrossedContrast(estimate, 0, double.NaN, degeneracy);
        }

        foreach ((TrainingNoise? noise, double share) in Noises(arms))
        {
            if (noise is null)
            {
                return new CrossedContrast(estimate, Math.Sqrt(variance), variance * variance / uncertainty, Degeneracy.SingleReplicate);
            }

            variance += noise.Excess * share;
            uncertainty += noise.Between * share * (noise.Between * share) / noise.DegreesOfFreedom;
        }

        return variance > 0
            ? new CrossedContrast(estimate, Math.Sqrt(variance), Math.Max(1, variance * variance / uncertainty), Degeneracy.None)
            : new CrossedContrast(estimate, 0, double.NaN, estimate == 0 ? Degeneracy.Identical : Degeneracy.NoVariation);
    }

    // The questions' weighted sums in a stratum, and the least that the noise of their answers makes them vary.
    private static (MeanSummary Questions, double Answers) Questions(IReadOnlyList<ContrastArm> arms, int stratum)
    {
        double[] sums = new double[arms[0].Verdicts[stratum].GetLength(0)];
        double answers = 0;
        foreach (ContrastArm arm in arms)
        {
            double[,] verdicts = arm.Verdicts[stratum];
            for (int q = 0; q < sums.Length; q++)
            {
                double sum = 0;
                for (int r = 0; r < arm.Replicates; r++)
                {
                    sum += verdicts[q, r];
                }

                sums[q] += arm.Weight * sum / arm.Replicates;
            }

            double residual = CrossedMeanSquares.Of(verdicts).Residual;
            answers += double.IsNaN(residual) ? 0 : arm.Weight * arm.Weight * residual / arm.Replicates;
        }

        return (MeanSummary.Of(sums), answers);
    }

    // Each estimate of noise with the sum of weight^2/R over the arms that it stands for: arms of one pool share one estimate.
    private static IEnumerable<(TrainingNoise? Noise, double Share)> Noises(IReadOnlyList<ContrastArm> arms)
    {
        static double Share(ContrastArm arm) => arm.Weight * arm.Weight / arm.Replicates;
        return arms.Where(arm => arm.Noise is null).Select(arm => (TrainingNoise.Of(arm.Verdicts), Share(arm)))
            .Concat(arms.Where(arm => arm.Noise is not null).GroupBy(arm => arm.Noise).Select(pool => (pool.Key, pool.Sum(Share))));
    }

    // Where every arm has the same replicates and their sum is one number throughout, there is nothing to test.
    private static Degeneracy Find(IReadOnlyList<ContrastArm> arms, double estimate)
    {
        int replicates = arms[0].Replicates;
        if (arms.Any(arm => arm.Replicates != replicates))
        {
            return Degeneracy.None;
        }

        for (int s = 0; s < arms[0].Verdicts.Count; s++)
        {
            double first = Sum(arms, s, 0, 0);
            for (int q = 0; q < arms[0].Verdicts[s].GetLength(0); q++)
            {
                for (int r = 0; r < replicates; r++)
                {
                    if (Sum(arms, s, q, r) != first)
                    {
                        return Degeneracy.None;
                    }
                }
            }
        }

        return estimate == 0 ? Degeneracy.Identical : Degeneracy.NoVariation;
    }

    private static double Sum(IReadOnlyList<ContrastArm> arms, int stratum, int question, int replicate)
    {
        double sum = 0;
        foreach (ContrastArm arm in arms)
        {
            sum += arm.Weight * arm.Verdicts[stratum][question, replicate];
        }

        return sum;
    }
}
