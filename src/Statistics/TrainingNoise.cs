namespace NaturalThoughts.Statistics;

/// <summary>
/// How much a student's accuracy moves from replicate to replicate beyond the noise of its answers, pooled over students that are trained
/// alike (same size, mix and benchmark) and so taken to have the same variance. Two or three replicates tell next to nothing about a single
/// student's noise; nine students with three each tell it with 18 degrees of freedom.
/// </summary>
/// <param name="Replicate">Mean over students of the mean square between replicates.</param>
/// <param name="Residual">Mean over students of the residual mean square.</param>
/// <param name="DegreesOfFreedom">Sum over students of R - 1.</param>
/// <param name="Students">Number of students pooled.</param>
public sealed record TrainingNoise(double Replicate, double Residual, double DegreesOfFreedom, int Students)
{
    /// <summary>The variance component of the replicates, times the number of questions: max(MS_r - MS_e, 0).</summary>
    public double Excess => Math.Max(Replicate - Residual, 0);

    /// <summary>Pools students with at least two replicates and two questions; null where there is none.</summary>
    public static TrainingNoise? Pool(IReadOnlyList<CrossedMeanSquares> students)
    {
        List<CrossedMeanSquares> usable = [.. students.Where(student => student.Replicates > 1 && student.Questions > 1)];
        double df = usable.Sum(student => student.Replicates - 1.0);
        return usable.Count == 0
            ? null
            : new TrainingNoise(
                usable.Sum(student => student.Replicate * (student.Replicates - 1)) / df,
                usable.Sum(student => student.Residual * (student.Replicates - 1)) / df,
                df,
                usable.Count);
    }
}
