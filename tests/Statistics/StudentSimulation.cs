using NaturalThoughts.Contracts;

namespace NaturalThoughts.Statistics.Tests;

/// <summary>Students that answer questions of uneven difficulty, with an effect of the pair of student and question and noise of training.</summary>
internal static class StudentSimulation
{
    private const int Questions = 200;
    private const int Replicates = 3;
    private const int Students = 8;

    /// <summary>Share of trials in which the test of student 0 against student 1 rejects at 0.05; the other students only serve to pool.</summary>
    public static double RejectionRate(string seed, int trials, double questionSpread, double trainingNoise, double difference, bool pooled)
    {
        SeededRandom random = SeededRandom.From("simulation", seed);
        int rejected = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            double[][,] verdicts = Draw(random, pooled ? Students : 2, questionSpread, trainingNoise, difference);
            TrainingNoise? noise = pooled ? TrainingNoise.Pool([.. verdicts.Select(CrossedMeanSquares.Of)]) : null;
            rejected += CrossedDifference.Of(Subtract(verdicts[0], verdicts[1]), noise is null ? null : (noise, noise)).P <= 0.05 ? 1 : 0;
        }

        return (double)rejected / trials;
    }

    public static double QuestionOnlyRejectionRate(string seed, int trials, double questionSpread, double trainingNoise)
    {
        SeededRandom random = SeededRandom.From("simulation", seed);
        int[] clusters = [.. Enumerable.Range(0, Questions * Replicates).Select(i => i / Replicates)];
        int rejected = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            double[][,] verdicts = Draw(random, 2, questionSpread, trainingNoise, 0);
            double[] differences = [.. Subtract(verdicts[0], verdicts[1]).Cast<double>()];
            rejected += ClusteredMean.Of(clusters, differences).StudentP <= 0.05 ? 1 : 0;
        }

        return (double)rejected / trials;
    }

    private static double[][,] Draw(SeededRandom random, int students, double questionSpread, double trainingNoise, double difference)
    {
        double[] easiness = [.. Enumerable.Range(0, Questions).Select(_ => 0.15 + (0.7 * random.NextDouble()))];
        double[][,] verdicts = new double[students][,];
        for (int s = 0; s < students; s++)
        {
            double[] noise = [.. Enumerable.Range(0, Replicates).Select(_ => trainingNoise * Gaussian(random))];
            verdicts[s] = new double[Questions, Replicates];
            for (int q = 0; q < Questions; q++)
            {
                double skill = easiness[q] + (questionSpread * (random.NextDouble() - 0.5)) + (s == 0 ? difference : 0);
                for (int r = 0; r < Replicates; r++)
                {
                    verdicts[s][q, r] = random.Chance(skill + noise[r]) ? 1 : 0;
                }
            }
        }

        return verdicts;
    }

    private static double[,] Subtract(double[,] first, double[,] second)
    {
        double[,] result = new double[Questions, Replicates];
        for (int q = 0; q < Questions; q++)
        {
            for (int r = 0; r < Replicates; r++)
            {
                result[q, r] = first[q, r] - second[q, r];
            }
        }

        return result;
    }

    // The sum of twelve uniforms: near enough to a normal draw, and without a logarithm.
    private static double Gaussian(SeededRandom random) => Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
}
