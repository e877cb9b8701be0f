namespace NaturalThoughts.Statistics;

/// <summary>The Wilcoxon signed-rank test; exact over all signs of the midranks of non-zero differences, and normal.</summary>
public sealed class Wilcoxon
{
    private readonly double[] _differences;

    /// <summary>Takes the paired differences.</summary>
    public Wilcoxon(IReadOnlyList<double> differences)
    {
        _differences = [.. differences];
        double[] nonzero = [.. differences.Where(d => d != 0)];
        NonZero = nonzero.Length;
        double[] ranks = Ranks.Mid([.. nonzero.Select(Math.Abs)]);
        Plus = nonzero.Zip(ranks).Sum(pair => pair.First > 0 ? pair.Second : 0);
        Minus = nonzero.Zip(ranks).Sum(pair => pair.First < 0 ? pair.Second : 0);
    }

    /// <summary>Number of non-zero differences.</summary>
    public int NonZero { get; }

    /// <summary>Sum of the ranks of positive differences, zeros dropped.</summary>
    public double Plus { get; }

    /// <summary>Sum of the ranks of negative differences.</summary>
    public double Minus { get; }

    /// <summary>The smaller of the two rank sums.</summary>
    public double Statistic => Math.Min(Plus, Minus);

    /// <summary>Exact p-values (two-sided, greater, less): the share of sign assignments with a rank sum at least as extreme; 1 without a non-zero difference.</summary>
    public (double TwoSided, double Greater, double Less) Exact()
    {
        // Twice the midranks are whole numbers: the distribution of their sum by adding one rank after the other.
        int[] doubled = [.. Ranks.Mid([.. _differences.Where(d => d != 0).Select(Math.Abs)]).Select(rank => (int)(2 * rank))];
        double[] share = new double[doubled.Sum() + 1];
        share[0] = 1;
        foreach (int rank in doubled)
        {
            for (int sum = share.Length - 1; sum >= 0; sum--)
            {
                share[sum] = 0.5 * (share[sum] + (sum >= rank ? share[sum - rank] : 0));
            }
        }

        int observed = (int)(2 * Plus);
        double greater = Math.Min(1, share.Skip(observed).Sum()), less = Math.Min(1, share.Take(observed + 1).Sum());
        return (Math.Min(1, 2 * Math.Min(greater, less)), greater, less);
    }

    /// <summary>The normal form: the smaller rank sum under the rule, its z (never positive) and the two-sided p.</summary>
    public (double Statistic, double Z, double P) Normal(ZeroRule rule, bool corrected)
    {
        double[] used = rule == ZeroRule.Drop ? [.. _differences.Where(d => d != 0)] : _differences;
        double[] ranks = Ranks.Mid([.. used.Select(Math.Abs)]);
        double zeroRanks = rule == ZeroRule.Split ? used.Zip(ranks).Sum(pair => pair.First == 0 ? pair.Second : 0) / 2 : 0;
        double plus = zeroRanks + used.Zip(ranks).Sum(pair => pair.First > 0 ? pair.Second : 0);
        double minus = zeroRanks + used.Zip(ranks).Sum(pair => pair.First < 0 ? pair.Second : 0);
        double zeros = rule == ZeroRule.Pratt ? used.Count(d => d == 0) : 0, n = used.Length;
        double center = ((n * (n + 1)) - (zeros * (zeros + 1))) / 4;
        double ties = Ranks.Ties(used.Where(d => rule != ZeroRule.Pratt || d != 0).Select(Math.Abs)).Sum(t => (t * t * t) - t);
        double spread = Math.Sqrt(((n * (n + 1) * ((2 * n) + 1)) - (zeros * (zeros + 1) * ((2 * zeros) + 1)) - (ties / 2)) / 24);
        double distance = Math.Abs(plus - center);
        double z = -(distance - (corrected && distance > 0 ? 0.5 : 0)) / spread;
        return (Math.Min(plus, minus), z, Statistics.Normal.TwoSided(z));
    }
}
