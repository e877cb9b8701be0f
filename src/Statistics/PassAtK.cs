using System.Numerics;

namespace NaturalThoughts.Statistics;

/// <summary>The unbiased estimator of pass@k (Chen et al. 2021, arXiv 2107.03374): 1 - C(n - c, k)/C(n, k).</summary>
public static class PassAtK
{
    /// <summary>From n samples of a problem with c right ones, k &lt;= n, as a reduced fraction.</summary>
    public static (BigInteger Numerator, BigInteger Denominator) Exact(int n, int c, int k)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, n);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(c, n);
        BigInteger all = 1, miss = 1;
        for (int i = 0; i < k; i++)
        {
            all *= n - i;
            miss *= Math.Max(0, n - c - i);
        }

        BigInteger divisor = BigInteger.GreatestCommonDivisor(all, all - miss);
        return ((all - miss) / divisor, all / divisor);
    }

    /// <summary>The fraction as a number.</summary>
    public static double Of(int n, int c, int k)
    {
        (BigInteger numerator, BigInteger denominator) = Exact(n, c, k);
        return Math.ScaleB((double)((numerator << 120) / denominator), -120);
    }

    /// <summary>The mean over problems, each with its own n and c.</summary>
    public static double Mean(IReadOnlyList<(int N, int C)> problems, int k) => problems.Average(problem => Of(problem.N, problem.C, k));
}
