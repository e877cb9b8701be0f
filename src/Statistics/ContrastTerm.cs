namespace NaturalThoughts.Statistics;

/// <summary>One cell of a <see cref="CrossedContrast"/>.</summary>
/// <param name="Weight">What its accuracy is multiplied by, such as 1 for a method and -1 for its baseline.</param>
/// <param name="Verdicts">
/// One table [question, replicate] per stratum (benchmark). All terms of a contrast have the same strata and questions in the same order; the
/// number of replicates is the same in all strata of a term and may differ between terms.
/// </param>
/// <param name="Noise">
/// The pooled noise of students that are trained alike, made of the same strata; terms that were given an equal one share one estimate. Null to
/// estimate it from the term's own replicates.
/// </param>
/// <param name="Student">
/// Names the trained students behind the replicates. Terms of the same name are the same students, replicate by replicate (such as one student
/// asked in two modes): they move together, and their noise is that of their weighted sum. Null for students that are in no other term.
/// </param>
public sealed record ContrastTerm(double Weight, IReadOnlyList<double[,]> Verdicts, TrainingNoise? Noise = null, string? Student = null)
{
    /// <summary>The mean over strata of the mean verdict, without the weight.</summary>
    public double Mean => CrossedContrast.Of([this with { Weight = 1 }]).Estimate;
}
