namespace NaturalThoughts.Statistics;

/// <summary>Cohen's kappa of two annotators over the labels that occur; NaN where both use one and the same label.</summary>
/// <param name="Observed">Share of items with the same label.</param>
/// <param name="Kappa">Unweighted.</param>
/// <param name="StandardError">Of the unweighted kappa (Fleiss, Cohen and Everitt 1969).</param>
/// <param name="Linear">Weighted by the distance of the sorted labels' positions.</param>
/// <param name="Quadratic">Weighted by the squared distance.</param>
public sealed record CohenKappa(double Observed, double Kappa, double StandardError, double Linear, double Quadratic)
{
    /// <summary>Compares two lists of labels, position by position.</summary>
    public static CohenKappa Of(IReadOnlyList<int> first, IReadOnlyList<int> second)
    {
        if (first.Count == 0 || first.Count != second.Count)
        {
            throw new ArgumentException("Two annotators label the same items, at least one.", nameof(second));
        }

        int[] labels = [.. first.Concat(second).Distinct().Order()];
        double[,] share = new double[labels.Length, labels.Length];
        for (int i = 0; i < first.Count; i++)
        {
            share[Array.BinarySearch(labels, first[i]), Array.BinarySearch(labels, second[i])] += 1.0 / first.Count;
        }

        double[] rows = new double[labels.Length], columns = new double[labels.Length];
        Each(labels.Length, (i, j) =>
        {
            rows[i] += share[i, j];
            columns[j] += share[i, j];
        });
        double Weighted(Func<int, int, double> distance)
        {
            double seen = 0, expected = 0;
            Each(labels.Length, (i, j) =>
            {
                seen += distance(i, j) * share[i, j];
                expected += distance(i, j) * rows[i] * columns[j];
            });
            return labels.Length == 1 ? double.NaN : 1 - (seen / expected);
        }

        double kappa = Weighted((i, j) => i == j ? 0 : 1);
        double chance = 0, sum = 0, observed = (double)first.Zip(second).Count(pair => pair.First == pair.Second) / first.Count;
        Each(labels.Length, (i, j) =>
        {
            chance += i == j ? rows[i] * columns[i] : 0;
            double marginal = columns[i] + rows[j];
            double factor = i == j ? 1 - (marginal * (1 - kappa)) : marginal * (1 - kappa);
            sum += share[i, j] * factor * factor;
        });
        double shift = kappa - (chance * (1 - kappa));
        double error = Math.Sqrt(Math.Max(0, sum - (shift * shift)) / first.Count) / (1 - chance);
        return new CohenKappa(observed, kappa, error, Weighted((i, j) => Math.Abs(i - j)), Weighted((i, j) => (i - j) * (i - j)));
    }

    private static void Each(int size, Action<int, int> visit)
    {
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                visit(i, j);
            }
        }
    }
}
