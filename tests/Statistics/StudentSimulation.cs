using NaturalThoughts.Contracts;

namespace NaturalThoughts.Statistics.Tests;

/// <summary>Students that answer questions of uneven difficulty, with an effect of the pair of student and question and noise of training.</summary>
internal sealed record StudentSimulation
{
    private const int Questions = 200;
    private const int Students = 8;

    /// <summary>Replicates of the first student and of all others but the second.</summary>
    public int Replicates { get; init; } = 3;

    /// <summary>Replicates of the second student, the baseline.</summary>
    public int BaselineReplicates { get; init; } = 3;

    public double QuestionSpread { get; init; }

    public double TrainingNoise { get; init; }

    /// <summary>How many times the others' noise the first student has.</summary>
    public double FirstNoise { get; init; } = 1;

    /// <summary>What the first student is better by.</summary>
    public double Difference { get; init; }

    /// <summary>Share of trials in which the test of student 0 against student 1 rejects at 0.05; the other students only serve to pool.</summary>
    public double RejectionRate(string seed, int trials, bool pooled)
    {
        SeededRandom random = SeededRandom.From("simulation", seed);
        int rejected = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            double[][,] verdicts = Draw(random, pooled ? Students : 2);
            TrainingNoise? noise = pooled ? Statistics.TrainingNoise.Pool(verdicts.Select(student => Statistics.TrainingNoise.Of([student]))) : null;
            rejected += CrossedContrast.Of([new ContrastTerm(1, [verdicts[0]], noise), new ContrastTerm(-1, [verdicts[1]], noise)]).P <= 0.05 ? 1 : 0;
        }

        return (double)rejected / trials;
    }

    public double QuestionOnlyRejectionRate(string seed, int trials)
    {
        SeededRandom random = SeededRandom.From("simulation", seed);
        int[] clusters = [.. Enumerable.Range(0, Questions * Replicates).Select(i => i / Replicates)];
        int rejected = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            double[][,] verdicts = Draw(random, 2);
            double[] differences = [.. verdicts[0].Cast<double>().Zip(verdicts[1].Cast<double>(), (first, second) => first - second)];
            rejected += ClusteredMean.Of(clusters, differences).StudentP <= 0.05 ? 1 : 0;
        }

        return (double)rejected / trials;
    }

    private double[][,] Draw(SeededRandom random, int students)
    {
        double[] easiness = [.. Enumerable.Range(0, Questions).Select(_ => 0.15 + (0.7 * random.NextDouble()))];
        double[][,] verdicts = new double[students][,];
        for (int s = 0; s < students; s++)
        {
            int replicates = s == 1 ? BaselineReplicates : Replicates;
            double[] noise = [.. Enumerable.Range(0, replicates).Select(_ => TrainingNoise * (s == 0 ? FirstNoise : 1) * Gaussian(random))];
            verdicts[s] = new double[Questions, replicates];
            for (int q = 0; q < Questions; q++)
            {
                double skill = easiness[q] + (QuestionSpread * (random.NextDouble() - 0.5)) + (s == 0 ? Difference : 0);
                for (int r = 0; r < replicates; r++)
                {
                    verdicts[s][q, r] = random.Chance(skill + noise[r]) ? 1 : 0;
                }
            }
        }

        return verdicts;
    }

    // The sum of twelve uniforms: near enough to a normal draw, and without a logarithm.
    private static double Gaussian(SeededRandom random) => Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
}
