using NaturalThoughts.Records;

namespace NaturalThoughts.Pages.Figures;

/// <summary>
/// The first two principal components of vectors: power iteration on the covariance in double precision, from a fixed start, a fixed number of
/// times, sums in the order of the rows, no call of a mathematics library but the square root. The same vectors give the same bits everywhere.
/// </summary>
internal static class Projection
{
    private const int Iterations = 100;

    /// <summary>The places [row] in the plane, and the share of the variance that each axis has.</summary>
    /// <param name="rows">Vectors of one length.</param>
    public static (IReadOnlyList<(double X, double Y)> Points, double First, double Second) Of(IReadOnlyList<Embedding> rows)
    {
        int width = rows[0].Vector.Length;
        double[] mean = new double[width];
        foreach (Embedding row in rows)
        {
            for (int i = 0; i < width; i++)
            {
                mean[i] += row.Vector[i] / (double)rows.Count;
            }
        }

        double[,] covariance = new double[width, width];
        foreach (Embedding row in rows)
        {
            for (int i = 0; i < width; i++)
            {
                double left = row.Vector[i] - mean[i];
                for (int j = 0; j <= i; j++)
                {
                    covariance[i, j] += left * (row.Vector[j] - mean[j]);
                }
            }
        }

        double all = Enumerable.Range(0, width).Sum(i => covariance[i, i]);
        for (int i = 0; i < width; i++)
        {
            for (int j = i + 1; j < width; j++)
            {
                covariance[i, j] = covariance[j, i];
            }
        }

        (double[] first, double most) = Leading(covariance, null);
        (double[] second, double next) = Leading(covariance, first);
        (double, double)[] points = [.. rows.Select(row => (Along(row.Vector, mean, first), Along(row.Vector, mean, second)))];
        return (points, all > 0 ? most / all : 0, all > 0 ? next / all : 0);
    }

    private static double Along(float[] vector, double[] mean, double[] axis)
    {
        double sum = 0;
        for (int i = 0; i < axis.Length; i++)
        {
            sum += (vector[i] - mean[i]) * axis[i];
        }

        return sum;
    }

    // The eigenvector of the largest eigenvalue, orthogonal to another; its largest part is positive.
    private static (double[] Axis, double Value) Leading(double[,] matrix, double[]? other)
    {
        int width = matrix.GetLength(0);
        double[] axis = [.. Enumerable.Range(0, width).Select(i => 1.0 + (i % 7) + (0.1 * (i % 3)))];
        double value = 0;
        for (int step = 0; step <= Iterations; step++)
        {
            double along = other is null ? 0 : Enumerable.Range(0, width).Sum(i => axis[i] * other[i]);
            for (int i = 0; i < width && other is not null; i++)
            {
                axis[i] -= along * other[i];
            }

            value = Math.Sqrt(axis.Sum(part => part * part));
            if (value == 0)
            {
                return (axis, 0);
            }

            axis = [.. axis.Select(part => part / value)];
            if (step < Iterations)
            {
                axis = [.. Enumerable.Range(0, width).Select(i => Enumerable.Range(0, width).Sum(j => matrix[i, j] * axis[j]))];
            }
        }

        double[] image = [.. Enumerable.Range(0, width).Select(i => Enumerable.Range(0, width).Sum(j => matrix[i, j] * axis[j]))];
        double eigenvalue = Enumerable.Range(0, width).Sum(i => image[i] * axis[i]);
        double largest = axis.MaxBy(Math.Abs);
        return (largest < 0 ? [.. axis.Select(part => -part)] : axis, eigenvalue);
    }
}
