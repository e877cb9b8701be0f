namespace NaturalThoughts.Statistics;

/// <summary>How far two partitions of the same items agree; -1 is a label like any other. Entropies are in nats.</summary>
/// <param name="Rand">Share of pairs that both put together or both put apart.</param>
/// <param name="AdjustedRand">Hubert and Arabie (1985): 0 by chance, 1 for equal partitions.</param>
/// <param name="MutualInformation">In nats.</param>
/// <param name="FirstEntropy">Entropy of the first partition.</param>
/// <param name="SecondEntropy">Entropy of the second.</param>
/// <param name="ExpectedInformation">Mutual information expected by chance (Vinh, Epps and Bailey 2010).</param>
public sealed record PartitionAgreement(
    double Rand, double AdjustedRand, double MutualInformation, double FirstEntropy, double SecondEntropy, double ExpectedInformation)
{
    private bool Trivial => FirstEntropy == 0 && SecondEntropy == 0;

    /// <summary>Share of the first partition's information that the second holds.</summary>
    public double Homogeneity => FirstEntropy == 0 ? 1 : MutualInformation / FirstEntropy;

    /// <summary>Share of the second partition's information that the first holds.</summary>
    public double Completeness => SecondEntropy == 0 ? 1 : MutualInformation / SecondEntropy;

    /// <summary>Harmonic mean of homogeneity and completeness.</summary>
    public double VMeasure => Homogeneity + Completeness == 0 ? 0 : 2 * Homogeneity * Completeness / (Homogeneity + Completeness);

    /// <summary>Mutual information over the mean of the entropies.</summary>
    public double NormalisedByMean => Normalised((FirstEntropy + SecondEntropy) / 2);

    /// <summary>Mutual information over the geometric mean of the entropies.</summary>
    public double NormalisedByGeometricMean => Normalised(Math.Sqrt(FirstEntropy * SecondEntropy));

    /// <summary>Mutual information over the smaller entropy.</summary>
    public double NormalisedByMin => Normalised(Math.Min(FirstEntropy, SecondEntropy));

    /// <summary>Mutual information over the larger entropy.</summary>
    public double NormalisedByMax => Normalised(Math.Max(FirstEntropy, SecondEntropy));

    /// <summary>Mutual information beyond chance over the mean entropy beyond chance.</summary>
    public double AdjustedMutualInformation
    {
        get
        {
            double whole = ((FirstEntropy + SecondEntropy) / 2) - ExpectedInformation;
            return Trivial || whole == 0 ? 1 : (MutualInformation - ExpectedInformation) / whole;
        }
    }

    /// <summary>Compares two labellings, position by position.</summary>
    public static PartitionAgreement Of(IReadOnlyList<int> first, IReadOnlyList<int> second)
    {
        if (first.Count == 0 || first.Count != second.Count)
        {
            throw new ArgumentException("Two partitions label the same items, at least one.", nameof(second));
        }

        double n = first.Count;
        long[] rows = Sizes(first), columns = Sizes(second);
        Dictionary<(int, int), long> cells = [];
        for (int i = 0; i < first.Count; i++)
        {
            cells[(first[i], second[i])] = cells.GetValueOrDefault((first[i], second[i])) + 1;
        }

        long[] sizes = [.. cells.Values.Order()];
        double pairs = n * (n - 1) / 2;
        double both = sizes.Sum(Pairs), inFirst = rows.Sum(Pairs), inSecond = columns.Sum(Pairs);
        double rand = pairs == 0 ? 1 : (pairs + (2 * both) - inFirst - inSecond) / pairs;
        double chance = pairs == 0 ? 0 : inFirst * inSecond / pairs;
        double most = (inFirst + inSecond) / 2;
        double adjusted = most == chance ? 1 : (both - chance) / (most - chance);

        double firstEntropy = Entropy(rows, n), secondEntropy = Entropy(columns, n);
        double information = Math.Max(0, firstEntropy + secondEntropy - Entropy(sizes, n));
        return new PartitionAgreement(rand, adjusted, information, firstEntropy, secondEntropy, Expected(rows, columns, first.Count));
    }

    private double Normalised(double by) => Trivial ? 1 : by == 0 ? 0 : MutualInformation / by;

    private static double Pairs(long size) => size * (size - 1) / 2.0;

    private static long[] Sizes(IReadOnlyList<int> labels) => [.. labels.GroupBy(label => label).OrderBy(group => group.Key).Select(group => group.LongCount())];

    private static double Entropy(long[] sizes, double n) => sizes.Length == 1 ? 0 : sizes.Sum(size => -(size / n) * Math.Log(size / n));

    private static double Expected(long[] rows, long[] columns, int n)
    {
        double LogFactorial(long k) => LogGamma.Of(k + 1);
        double expected = 0;
        foreach (long a in rows)
        {
            foreach (long b in columns)
            {
                for (long k = Math.Max(1, a + b - n); k <= Math.Min(a, b); k++)
                {
                    double log = LogFactorial(a) + LogFactorial(b) + LogFactorial(n - a) + LogFactorial(n - b)
                        - LogFactorial(n) - LogFactorial(k) - LogFactorial(a - k) - LogFactorial(b - k) - LogFactorial(n - a - b + k);
                    expected += k / (double)n * Math.Log((double)n * k / ((double)a * b)) * Math.Exp(log);
                }
            }
        }

        return expected;
    }
}
