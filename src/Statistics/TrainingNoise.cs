namespace NaturalThoughts.Statistics;

/// <summary>
/// How much a student's accuracy (the mean over its benchmarks, where there are several) moves from replicate to replicate, and how much of that
/// its answers alone would make it move. It is pooled over students that are trained alike and so taken to have the same variance: two or three
/// replicates tell next to nothing about a single student's noise; nine students with three each tell it with 18 degrees of freedom.
/// </summary>
/// <param name="Between">Variance between the replicates' accuracies, in squared units of the verdicts.</param>
/// <param name="Within">The part of it that is the noise of single answers: the mean over benchmarks of residual mean square/Q, over their number.</param>
/// <param name="DegreesOfFreedom">Sum over students of R - 1.</param>
/// <param name="Students">Number of students pooled.</param>
public sealed record TrainingNoise(double Between, double Within, double DegreesOfFreedom, int Students)
{
    /// <summary>The variance component of the replicates: max(between - within, 0).</summary>
    public double Excess => Math.Max(Between - Within, 0);

    /// <summary>The noise of one student from its verdicts, a table [question, replicate] per benchmark; null for one replicate or one question.</summary>
    /// <exception cref="ArgumentException">There is no table, or they differ in replicates.</exception>
    public static TrainingNoise? Of(IReadOnlyList<double[,]> verdicts)
    {
        if (verdicts.Count == 0 || verdicts.Any(table => table.GetLength(1) != verdicts[0].GetLength(1)))
        {
            throw new ArgumentException("A student has one table of verdicts per benchmark, all of the same replicates.", nameof(verdicts));
        }

        int replicates = verdicts[0].GetLength(1);
        if (replicates < 2 || verdicts.Any(table => table.GetLength(0) < 2))
        {
            return null;
        }

        double[] means = new double[replicates];
        double within = 0;
        foreach (double[,] table in verdicts)
        {
            int questions = table.GetLength(0);
            for (int q = 0; q < questions; q++)
            {
                for (int r = 0; r < replicates; r++)
                {
                    means[r] += table[q, r] / questions / verdicts.Count;
                }
            }

            within += CrossedMeanSquares.Of(table).Residual / questions / verdicts.Count / verdicts.Count;
        }

        double mean = means.Average();
        return new TrainingNoise(means.Sum(value => (value - mean) * (value - mean)) / (replicates - 1), within, replicates - 1, 1);
    }

    /// <summary>Pools students, each with the weight of its degrees of freedom; those without an estimate are left out; null where none has one.</summary>
    public static TrainingNoise? Pool(IEnumerable<TrainingNoise?> students)
    {
        TrainingNoise[] usable = [.. students.OfType<TrainingNoise>()];
        double df = usable.Sum(student => student.DegreesOfFreedom);
        return usable.Length == 0
            ? null
            : new TrainingNoise(
                usable.Sum(student => student.Between * student.DegreesOfFreedom) / df,
                usable.Sum(student => student.Within * student.DegreesOfFreedom) / df,
                df,
                usable.Sum(student => student.Students));
    }
}
