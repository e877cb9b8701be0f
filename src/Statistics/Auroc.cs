namespace NaturalThoughts.Statistics;

/// <summary>
/// Area under the ROC curve: the chance that a positive case has a higher score than a negative one, a tie counting half (Mann and Whitney's U
/// over the number of pairs). Each case has its part in the estimate's error, so that areas can be averaged, subtracted and clustered; without
/// clusters the variance is that of DeLong, DeLong and Clarke-Pearson (1988).
/// </summary>
public sealed class Auroc
{
    private Auroc(double value, int positives, int negatives, double tauFactor, double[] influence)
    {
        (Value, Positives, Negatives, TauFactor, Influence) = (value, positives, negatives, tauFactor, influence);
    }

    /// <summary>The area in [0, 1]; NaN without a positive or without a negative case.</summary>
    public double Value { get; }

    /// <summary>Number of positive cases m.</summary>
    public int Positives { get; }

    /// <summary>Number of negative cases n.</summary>
    public int Negatives { get; }

    /// <summary>
    /// Kendall's tau-b of score and class over the area's distance from one half: 2 sqrt(m n / (pairs - pairs of equal scores)). NaN where
    /// all scores are equal.
    /// </summary>
    public double TauFactor { get; }

    /// <summary>Kendall's tau-b of score and class, which has the same order as the area.</summary>
    public double TauB => (Value - 0.5) * TauFactor;

    /// <summary>
    /// The part of each case, in the order of the input: (placement - area)/sqrt(m (m - 1)) for a positive one, the same with n for a negative
    /// one. The sum of their squares is DeLong's variance. NaN where a class has fewer than two cases.
    /// </summary>
    public IReadOnlyList<double> Influence { get; }

    /// <summary>The area for scores of positive and negative cases.</summary>
    /// <param name="scores">A finite score for each case.</param>
    /// <param name="isPositive">Whether the case is positive.</param>
    /// <exception cref="ArgumentException">The lists are of different lengths.</exception>
    public static Auroc Of(IReadOnlyList<double> scores, IReadOnlyList<bool> isPositive)
    {
        if (scores.Count != isPositive.Count)
        {
            throw new ArgumentException("Scores and classes are lists of the same length.", nameof(isPositive));
        }

        int m = isPositive.Count(positive => positive), n = scores.Count - m;
        double[] ranks = Ranks.Mid(scores), own = OwnRanks(scores, isPositive);

        // A rank among all minus the rank among its own class is the number of cases of the other class below, ties half.
        double wins = 0;
        for (int i = 0; i < scores.Count; i++)
        {
            wins += isPositive[i] ? ranks[i] - own[i] : 0;
        }

        double area = wins / ((double)m * n);
        double[] influence = new double[scores.Count];
        for (int i = 0; i < scores.Count; i++)
        {
            double below = ranks[i] - own[i];
            influence[i] = isPositive[i]
                ? ((below / n) - area) / Math.Sqrt((double)m * (m - 1))
                : (1 - (below / m) - area) / Math.Sqrt((double)n * (n - 1));
        }

        double pairs = (double)scores.Count * (scores.Count - 1) / 2, tied = Ranks.Ties(scores).Sum(t => t * (t - 1) / 2);
        double factor = pairs > tied ? 2 * Math.Sqrt((double)m * n / (pairs - tied)) : double.NaN;
        return new Auroc(area, m, n, factor, influence);
    }

    private static double[] OwnRanks(IReadOnlyList<double> scores, IReadOnlyList<bool> isPositive)
    {
        double[] own = new double[scores.Count];
        foreach (bool side in new[] { false, true })
        {
            int[] members = [.. Enumerable.Range(0, scores.Count).Where(i => isPositive[i] == side)];
            double[] ranks = Ranks.Mid([.. members.Select(i => scores[i])]);
            for (int k = 0; k < members.Length; k++)
            {
                own[members[k]] = ranks[k];
            }
        }

        return own;
    }
}
