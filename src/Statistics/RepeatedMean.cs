namespace NaturalThoughts.Statistics;

/// <summary>
/// The mean of a full table of questions by seeds, with the two standard errors that are commonly reported for it, kept apart because they
/// answer different questions.
/// </summary>
/// <param name="Questions">Number of questions.</param>
/// <param name="Seeds">Number of seeds.</param>
/// <param name="Mean">Mean of all values.</param>
/// <param name="QuestionError">
/// Were other questions of the same kind asked: the standard deviation of the questions' means over the root of their number (the same as
/// <see cref="ClusteredMean.Cr1"/> with a cluster per question); NaN for one question.
/// </param>
/// <param name="SeedError">
/// Were the same questions answered with other seeds: the standard deviation of the seeds' means over the root of their number; NaN for one seed.
/// </param>
public sealed record RepeatedMean(int Questions, int Seeds, double Mean, double QuestionError, double SeedError)
{
    /// <summary>Summarises values [question, seed].</summary>
    /// <exception cref="ArgumentException">The table is empty.</exception>
    public static RepeatedMean Of(double[,] values)
    {
        int questions = values.GetLength(0), seeds = values.GetLength(1);
        if (questions == 0 || seeds == 0)
        {
            throw new ArgumentException("The table of values is empty.", nameof(values));
        }

        double[] rows = [.. Enumerable.Range(0, questions).Select(q => Enumerable.Range(0, seeds).Average(r => values[q, r]))];
        double[] columns = [.. Enumerable.Range(0, seeds).Select(r => Enumerable.Range(0, questions).Average(q => values[q, r]))];
        MeanSummary byQuestion = MeanSummary.Of(rows);
        return new RepeatedMean(questions, seeds, byQuestion.Mean, byQuestion.StandardError, MeanSummary.Of(columns).StandardError);
    }
}
