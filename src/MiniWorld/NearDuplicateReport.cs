namespace NaturalThoughts.MiniWorld;

/// <summary>How near a benchmark's questions are to a pool.</summary>
/// <param name="Nearest">One row a question of the benchmark, in its order.</param>
public sealed record NearDuplicateReport(IReadOnlyList<NearDuplicate> Nearest)
{
    /// <summary>The similarity below which a share of the questions stays (nearest rank).</summary>
    /// <param name="share">0 (least similar) .. 1 (most similar).</param>
    public double Quantile(double share)
    {
        List<double> sorted = [.. Nearest.Select(row => row.Similarity).Order()];
        return sorted.Count == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
    }

    /// <summary>Number of questions with a similarity in each of ten intervals [0, 0.1), [0.1, 0.2), ..., [0.9, 1].</summary>
    public IReadOnlyList<int> Histogram()
    {
        int[] bins = new int[10];
        foreach (NearDuplicate row in Nearest)
        {
            bins[Math.Min(9, (int)(row.Similarity * 10))]++;
        }

        return bins;
    }
}
