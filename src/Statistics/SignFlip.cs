namespace NaturalThoughts.Statistics;

/// <summary>The sign-flip permutation test of paired differences over all 2^n assignments, the observed one included; exact decimal sums.</summary>
/// <param name="Permutations">2^n.</param>
/// <param name="Mean">Mean difference.</param>
/// <param name="TwoSidedP">Share of assignments whose sum is at least as far from 0.</param>
/// <param name="GreaterP">Share with a sum at least as large.</param>
/// <param name="LessP">Share with a sum at most as large.</param>
public sealed record SignFlip(long Permutations, double Mean, double TwoSidedP, double GreaterP, double LessP)
{
    private const int Most = 24;

    /// <summary>Enumerates at most 24 differences.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are none or more than 24.</exception>
    public static SignFlip Of(IReadOnlyList<decimal> differences)
    {
        ArgumentOutOfRangeException.ThrowIfZero(differences.Count, nameof(differences));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(differences.Count, Most, nameof(differences));
        decimal observed = differences.Sum();
        decimal sum = observed;
        bool[] flipped = new bool[differences.Count];
        long all = 1L << differences.Count, far = 0, greater = 0, less = 0;
        for (long i = 1; ; i++)
        {
            far += Math.Abs(sum) >= Math.Abs(observed) ? 1 : 0;
            greater += sum >= observed ? 1 : 0;
            less += sum <= observed ? 1 : 0;
            if (i == all)
            {
                break;
            }

            // Gray code: each step flips one sign.
            int next = System.Numerics.BitOperations.TrailingZeroCount(i);
            sum += flipped[next] ? 2 * differences[next] : -2 * differences[next];
            flipped[next] = !flipped[next];
        }

        return new SignFlip(all, (double)(observed / differences.Count), (double)far / all, (double)greater / all, (double)less / all);
    }
}
