using System.Globalization;
using NaturalThoughts.Bench;
using NaturalThoughts.Contracts;
using NaturalThoughts.Statistics;
using static NaturalThoughts.Reporting.Tables.DetectableEffect;

namespace NaturalThoughts.Power.Bench;

/// <summary>
/// Draws students with measured variances, and counts how often the tests of a table reject at 0.05: a method minus Random at one size, and the mean
/// over sizes of that, the primary test.
/// </summary>
internal static class Simulation
{
    private const int Students = 9;
    private const double Effect = 0.025;

    // What bench/baselines.yaml holds to bounds: the design of profile mini, by size, where students are equally noisy.
    private static readonly Counts Held = new(1000, 8, 20);

    private static readonly (Counts Design, bool OverSizes)[] Tests =
        [(new(500, 3, 3), false), (new(1000, 3, 12), false), (Held, false), (new(1000, 12, 36), false), (Held, true)];

    // Noise of the tested student against its kin, as a factor of the standard deviation; 1 is what pooling assumes.
    private static readonly double[] Factors = [1, 0.5, 1.5, 2];

    private sealed record Counts(int Questions, int Replicates, int Baseline);

    /// <summary>Writes a row for each design and noise, then the values that are held to bounds.</summary>
    /// <param name="sizes">The variances by size; the test of one size is drawn with those of the last.</param>
    /// <param name="trials">Number of draws without and with a difference.</param>
    /// <param name="to">Where the table goes; the values go to the console.</param>
    public static void Write(MeasuredVariance[] sizes, int trials, TextWriter to)
    {
        to.WriteLine(
            "| size | questions | replicates | of Random | noise of the student | level pooled | level unpooled | power pooled | power unpooled "
            + "| wrongly equivalent |");
        to.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");

        // Each row has its own stream of random numbers, so that they can be drawn at the same time.
        (Counts Design, bool OverSizes, double Factor, double[] Shares)[] rows =
            [.. Tests.SelectMany(test => Factors.Select(factor => (test.Design, test.OverSizes, Factor: factor))).ToArray().AsParallel().AsOrdered()
                .Select(row => (row.Design, row.OverSizes, row.Factor, Shares(row.OverSizes ? sizes : sizes[^1..], row.Design, row.Factor, trials)))];
        foreach ((Counts design, bool overSizes, double factor, double[] shares) in rows)
        {
            string size = overSizes ? "mean of " + string.Join(" and ", sizes.Select(one => one.Size)) : $"{sizes[^1].Size}";
            to.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {size} | {design.Questions} | {design.Replicates} | {design.Baseline} | x {factor} | "
                + $"{string.Join(" | ", shares.Select(share => share.ToString("F3", CultureInfo.InvariantCulture)))} |"));
        }

        double[] held = rows.Single(row => row.Design == Held && !row.OverSizes && row.Factor == 1).Shares;
        to.WriteLine();
        Measured.Print("level", held[0], "share");
        Measured.Print("power at 2.5 points", held[2], "share");
    }

    private static double[] Shares(MeasuredVariance[] sizes, Counts design, double factor, int trials)
    {
        string stream = FormattableString.Invariant($"{design.Questions} {design.Replicates} {design.Baseline} {factor}");
        SeededRandom random = SeededRandom.From("power", sizes.Length == 1 ? stream : stream + " over sizes");
        int[] rejected = new int[5];
        for (int trial = 0; trial < trials; trial++)
        {
            foreach (double effect in (double[])[0, Effect])
            {
                (CrossedContrast pooled, CrossedContrast own) = Draw(random, sizes, design, factor, effect);
                rejected[effect == 0 ? 0 : 2] += pooled.P <= Level ? 1 : 0;
                rejected[effect == 0 ? 1 : 3] += own.P <= Level ? 1 : 0;

                // The true difference lies on the bound: equivalence within it is said in error.
                rejected[4] += effect != 0 && Tost.Of(pooled, -Effect, Effect).P <= Level ? 1 : 0;
            }
        }

        return [.. rejected.Select(count => (double)count / trials)];
    }

    private static (CrossedContrast Pooled, CrossedContrast Own) Draw(
        SeededRandom random, MeasuredVariance[] sizes, Counts design, double factor, double effect)
    {
        // All sizes answer the same questions; the tested student and Random are new ones at each size.
        bool[] easy = [.. Enumerable.Range(0, design.Questions).Select(_ => random.Chance(0.5))];
        List<ContrastTerm> pooled = [], own = [];
        foreach (MeasuredVariance like in sizes)
        {
            double[][,] verdicts = Verdicts(random, like, easy, design, factor, effect);
            TrainingNoise pool = TrainingNoise.Pool(verdicts.Select(student => TrainingNoise.Of([student])))!;
            double weight = 1.0 / sizes.Length;
            pooled.AddRange([new ContrastTerm(weight, [verdicts[0]], pool), new ContrastTerm(-weight, [verdicts[1]], pool)]);
            own.AddRange([new ContrastTerm(weight, [verdicts[0]]), new ContrastTerm(-weight, [verdicts[1]])]);
        }

        return (CrossedContrast.Of(pooled), CrossedContrast.Of(own));
    }

    // The students of a size: the tested one, Random, and the other methods.
    private static double[][,] Verdicts(SeededRandom random, MeasuredVariance like, bool[] easy, Counts design, double factor, double effect)
    {
        // Easy and hard questions about the measured mean, as far apart as leaves the measured variance to single answers.
        double apart = Math.Sqrt(Math.Max(0, (like.Mean * (1 - like.Mean)) - like.Answers));
        double[][,] verdicts = new double[Students][,];
        for (int s = 0; s < Students; s++)
        {
            verdicts[s] = new double[easy.Length, s == 1 ? design.Baseline : design.Replicates];
            double[] noise =
                [.. Enumerable.Range(0, verdicts[s].GetLength(1)).Select(_ => (s == 0 ? factor : 1) * Math.Sqrt(like.Noise.Excess) * Gaussian(random))];
            for (int q = 0; q < easy.Length; q++)
            {
                double easiness = like.Mean + (easy[q] ? apart : -apart);
                double skill = easiness + (Math.Sqrt(like.Interaction / 2) * Gaussian(random)) + (s == 0 ? effect : 0);
                for (int r = 0; r < noise.Length; r++)
                {
                    verdicts[s][q, r] = random.NextDouble() < skill + noise[r] ? 1 : 0;
                }
            }
        }

        return verdicts;
    }

    private static double Gaussian(SeededRandom random) => Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
}
