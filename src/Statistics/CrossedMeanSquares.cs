namespace NaturalThoughts.Statistics;

/// <summary>
/// Mean squares of a full table of questions by replicates (two-way analysis of variance without repetition), both factors
/// random: an effect of the question, an effect of the replicate (training and sampling noise), and the rest.
/// </summary>
/// <param name="Questions">Number of rows Q, at least 1.</param>
/// <param name="Replicates">Number of columns R, at least 1.</param>
/// <param name="Mean">Mean of all values.</param>
/// <param name="Question">Mean square between questions, Q - 1 degrees of freedom; NaN for one question.</param>
/// <param name="Replicate">Mean square between replicates, R - 1 degrees of freedom; NaN for one replicate.</param>
/// <param name="Residual">Mean square of the rest, (Q - 1)(R - 1) degrees of freedom; NaN where that is 0.</param>
public sealed record CrossedMeanSquares(int Questions, int Replicates, double Mean, double Question, double Replicate, double Residual)
{
    /// <summary>Number of values: questions times replicates.</summary>
    public int Count => Questions * Replicates;

    /// <summary>
    /// Standard error of the mean with questions and replicates drawn anew: each variance component is estimated by moments and kept at 0 or
    /// above, (MS_e + max(MS_q - MS_e, 0) + max(MS_r - MS_e, 0))/(Q R); with one replicate the questions alone, sqrt(MS_q/Q).
    /// </summary>
    public double StandardError => Questions == 1
        ? double.NaN
        : Math.Sqrt(Replicates == 1 ? Question / Count : (Math.Max(Question, Residual) + Math.Max(Replicate - Residual, 0)) / Count);

    /// <summary>Mean squares of values [question, replicate].</summary>
    public static CrossedMeanSquares Of(double[,] values)
    {
        int questions = values.GetLength(0), replicates = values.GetLength(1);
        if (questions == 0 || replicates == 0)
        {
            throw new ArgumentException("The table of values is empty.", nameof(values));
        }

        double[] rows = new double[questions], columns = new double[replicates];
        double sum = 0;
        for (int q = 0; q < questions; q++)
        {
            for (int r = 0; r < replicates; r++)
            {
                rows[q] += values[q, r];
                columns[r] += values[q, r];
                sum += values[q, r];
            }
        }

        double mean = sum / (questions * (double)replicates);
        double residual = 0;
        for (int q = 0; q < questions; q++)
        {
            for (int r = 0; r < replicates; r++)
            {
                double rest = values[q, r] - (rows[q] / replicates) - (columns[r] / questions) + mean;
                residual += rest * rest;
            }
        }

        return new CrossedMeanSquares(
            questions,
            replicates,
            mean,
            replicates * rows.Sum(row => Square((row / replicates) - mean)) / Divisor(questions - 1),
            questions * columns.Sum(column => Square((column / questions) - mean)) / Divisor(replicates - 1),
            residual / Divisor((questions - 1) * (replicates - 1)));
    }

    private static double Square(double value) => value * value;

    private static double Divisor(int degrees) => degrees == 0 ? double.NaN : degrees;
}
