namespace NaturalThoughts.Statistics;

/// <summary>Adjusted p-values, in the order of the input, capped at 1. An adjusted p at exactly the level is rejected.</summary>
public static class MultipleTesting
{
    /// <summary>Holm (1979), step-down: the family-wise error holds under any dependence.</summary>
    public static double[] Holm(IReadOnlyList<double> p) => StepDown(p, (value, left) => value * left);

    /// <summary>Holm's steps with Sidak's 1 - (1 - p)^m, for independent tests.</summary>
    public static double[] HolmSidak(IReadOnlyList<double> p) => StepDown(p, (value, left) => 1 - Math.Pow(1 - value, left));

    /// <summary>Bonferroni's correction: each p times the number of tests.</summary>
    public static double[] Bonferroni(IReadOnlyList<double> p) => [.. p.Select(value => Math.Min(1, value * p.Count))];

    /// <summary>Benjamini and Hochberg (1995): the false discovery rate of independent tests.</summary>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> p) => StepUp(p, 1);

    /// <summary>Benjamini and Yekutieli (2001): the false discovery rate under any dependence.</summary>
    public static double[] BenjaminiYekutieli(IReadOnlyList<double> p) => StepUp(p, Enumerable.Range(1, p.Count).Sum(i => 1.0 / i));

    /// <summary>Hommel (1988), adjusted as Wright (1992) does.</summary>
    public static double[] Hommel(IReadOnlyList<double> p)
    {
        int n = p.Count;
        int[] order = Order(p);
        double[] sorted = [.. order.Select(i => p[i])];
        double[] adjusted = [.. sorted];
        for (int m = n; m > 1; m--)
        {
            double smallest = double.PositiveInfinity;
            for (int i = n - m + 1; i < n; i++)
            {
                smallest = Math.Min(smallest, m * sorted[i] / (m - n + i + 1));
            }

            for (int i = 0; i < n; i++)
            {
                double bound = i > n - m ? smallest : Math.Min(smallest, m * sorted[i]);
                adjusted[i] = Math.Max(adjusted[i], bound);
            }
        }

        return Restore(order, adjusted);
    }

    private static double[] StepDown(IReadOnlyList<double> p, Func<double, int, double> adjust)
    {
        int[] order = Order(p);
        double[] adjusted = new double[p.Count];
        double running = 0;
        for (int i = 0; i < p.Count; i++)
        {
            running = Math.Max(running, adjust(p[order[i]], p.Count - i));
            adjusted[i] = Math.Min(1, running);
        }

        return Restore(order, adjusted);
    }

    private static double[] StepUp(IReadOnlyList<double> p, double factor)
    {
        int[] order = Order(p);
        double[] adjusted = new double[p.Count];
        double running = 1;
        for (int i = p.Count - 1; i >= 0; i--)
        {
            running = Math.Min(running, p[order[i]] * p.Count * factor / (i + 1));
            adjusted[i] = running;
        }

        return Restore(order, adjusted);
    }

    private static int[] Order(IReadOnlyList<double> p)
    {
        if (p.Any(value => !(value >= 0 && value <= 1)))
        {
            throw new ArgumentException("Every p-value lies in [0, 1].", nameof(p));
        }

        return [.. Enumerable.Range(0, p.Count).OrderBy(i => p[i])];
    }

    private static double[] Restore(int[] order, double[] sorted)
    {
        double[] result = new double[sorted.Length];
        for (int i = 0; i < order.Length; i++)
        {
            result[order[i]] = sorted[i];
        }

        return result;
    }
}
