namespace NaturalThoughts.Statistics;

/// <summary>Krippendorff's alpha (2011) of several annotators with gaps; items with fewer than two values do not count; NaN without variation.</summary>
/// <param name="Nominal">Labels are equal or not.</param>
/// <param name="Ordinal">Labels have an order.</param>
/// <param name="Interval">Labels are numbers.</param>
public sealed record KrippendorffAlpha(double Nominal, double Ordinal, double Interval)
{
    /// <summary>From items, each with one value per annotator or null.</summary>
    public static KrippendorffAlpha Of(IReadOnlyList<IReadOnlyList<int?>> items)
    {
        int[][] used = [.. items.Select(item => item.OfType<int>().ToArray()).Where(values => values.Length > 1)];
        int[] labels = [.. used.SelectMany(values => values).Distinct().Order()];
        double[,] together = new double[labels.Length, labels.Length];
        double[] totals = new double[labels.Length];
        foreach (int[] values in used)
        {
            for (int a = 0; a < values.Length; a++)
            {
                totals[Array.BinarySearch(labels, values[a])]++;
                for (int b = 0; b < values.Length; b++)
                {
                    if (a != b)
                    {
                        together[Array.BinarySearch(labels, values[a]), Array.BinarySearch(labels, values[b])] += 1.0 / (values.Length - 1);
                    }
                }
            }
        }

        double Alpha(Func<int, int, double> distance)
        {
            double seen = 0, expected = 0;
            for (int i = 0; i < labels.Length; i++)
            {
                for (int j = 0; j < labels.Length; j++)
                {
                    seen += together[i, j] * distance(i, j);
                    expected += totals[i] * totals[j] * distance(i, j);
                }
            }

            return expected == 0 ? double.NaN : 1 - ((totals.Sum() - 1) * seen / expected);
        }

        double Between(int i, int j)
        {
            double sum = -(totals[i] + totals[j]) / 2;
            for (int k = Math.Min(i, j); k <= Math.Max(i, j); k++)
            {
                sum += totals[k];
            }

            return i == j ? 0 : sum * sum;
        }

        return new KrippendorffAlpha(
            Alpha((i, j) => i == j ? 0 : 1),
            Alpha(Between),
            Alpha((i, j) => ((double)labels[i] - labels[j]) * (labels[i] - labels[j])));
    }
}
