using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Statistics;
using static NaturalThoughts.Reporting.Tables.DetectableEffect;

namespace NaturalThoughts.Power.Bench;

/// <summary>Draws students with measured variances, and counts how often the test rejects at 0.05.</summary>
internal static class Simulation
{
    private const int Students = 9;
    private const double Effect = 0.025;

    private static readonly (int Questions, int Replicates, int Baseline)[] Designs = [(500, 3, 3), (1000, 3, 12), (1000, 5, 20)];

    // Noise of the tested student against its kin, as a factor of the standard deviation; 1 is what pooling assumes.
    private static readonly double[] Factors = [1, 0.5, 1.5, 2];

    public static void Write(MeasuredVariance like, int trials, TextWriter to)
    {
        to.WriteLine(
            "| questions | replicates | of Random | noise of the student | level pooled | level unpooled | power pooled | power unpooled "
            + "| wrongly equivalent |");
        to.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach ((int questions, int replicates, int baseline) in Designs)
        {
            foreach (double factor in Factors)
            {
                SeededRandom random = SeededRandom.From("power", FormattableString.Invariant($"{questions} {replicates} {baseline} {factor}"));
                int[] rejected = new int[5];
                for (int trial = 0; trial < trials; trial++)
                {
                    foreach (double effect in (double[])[0, Effect])
                    {
                        (CrossedContrast pooled, CrossedContrast own) = Draw(random, like, questions, replicates, baseline, factor, effect);
                        rejected[effect == 0 ? 0 : 2] += pooled.P <= Level ? 1 : 0;
                        rejected[effect == 0 ? 1 : 3] += own.P <= Level ? 1 : 0;

                        // The true difference lies on the bound: equivalence within it is said in error.
                        rejected[4] += effect != 0 && Tost.Of(pooled, -Effect, Effect).P <= Level ? 1 : 0;
                    }
                }

                to.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {questions} | {replicates} | {baseline} | x {factor} | "
                    + $"{string.Join(" | ", rejected.Select(count => ((double)count / trials).ToString("F3", CultureInfo.InvariantCulture)))} |"));
            }
        }
    }

    private static (CrossedContrast Pooled, CrossedContrast Own) Draw(
        SeededRandom random, MeasuredVariance like, int questions, int replicates, int baseline, double factor, double effect)
    {
        // Easy and hard questions about the measured mean, as far apart as leaves the measured variance to single answers.
        double apart = Math.Sqrt(Math.Max(0, (like.Mean * (1 - like.Mean)) - like.Answers));
        double[] easiness = [.. Enumerable.Range(0, questions).Select(_ => like.Mean + (random.Chance(0.5) ? apart : -apart))];
        double[][,] verdicts = new double[Students][,];
        for (int s = 0; s < Students; s++)
        {
            verdicts[s] = new double[questions, s == 1 ? baseline : replicates];
            double[] noise =
                [.. Enumerable.Range(0, verdicts[s].GetLength(1)).Select(_ => (s == 0 ? factor : 1) * Math.Sqrt(like.Noise.Excess) * Gaussian(random))];
            for (int q = 0; q < questions; q++)
            {
                double skill = easiness[q] + (Math.Sqrt(like.Interaction / 2) * Gaussian(random)) + (s == 0 ? effect : 0);
                for (int r = 0; r < noise.Length; r++)
                {
                    verdicts[s][q, r] = random.NextDouble() < skill + noise[r] ? 1 : 0;
                }
            }
        }

        TrainingNoise pool = TrainingNoise.Pool(verdicts.Select(student => TrainingNoise.Of([student])))!;
        return (
            CrossedContrast.Of([new ContrastTerm(1, [verdicts[0]], pool), new ContrastTerm(-1, [verdicts[1]], pool)]),
            CrossedContrast.Of([new ContrastTerm(1, [verdicts[0]]), new ContrastTerm(-1, [verdicts[1]])]));
    }

    private static double Gaussian(SeededRandom random) => Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
}
