namespace NaturalThoughts.Selection;

/// <summary>How much selections have in common.</summary>
public static class Overlap
{
    /// <summary>Jaccard's index: questions in both over questions in either, in [0, 1]; 1 for two empty selections.</summary>
    public static double Jaccard(IEnumerable<string> a, IEnumerable<string> b)
    {
        HashSet<string> left = new(a, StringComparer.Ordinal);
        HashSet<string> right = new(b, StringComparer.Ordinal);
        int both = left.Count(right.Contains);
        int either = left.Count + right.Count - both;
        return either == 0 ? 1 : (double)both / either;
    }

    /// <summary>
    /// Jaccard's index expected of two selections of <paramref name="n"/> questions each that are drawn independently and uniformly
    /// from <paramref name="candidates"/>: with n²/N questions in common, (n²/N) / (2n - n²/N) = n / (2N - n).
    /// </summary>
    public static double ByChance(int n, int candidates) => n / ((2.0 * candidates) - n);

    /// <summary>Jaccard's index of every pair: symmetric, [selections, selections], 1 on the diagonal.</summary>
    public static double[,] Matrix(IReadOnlyList<IReadOnlyCollection<string>> selections)
    {
        double[,] matrix = new double[selections.Count, selections.Count];
        for (int i = 0; i < selections.Count; i++)
        {
            for (int j = i; j < selections.Count; j++)
            {
                matrix[i, j] = matrix[j, i] = Jaccard(selections[i], selections[j]);
            }
        }

        return matrix;
    }
}
