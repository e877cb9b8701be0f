namespace NaturalThoughts.Statistics;

/// <summary>Intervals of a share of successes, at a level such as 0.95 (Brown, Cai and DasGupta 2001 compare them).</summary>
public sealed record Proportion(int Successes, int Trials)
{
    /// <summary>Successes over trials.</summary>
    public double Share => (double)Successes / Trials;

    /// <summary>sqrt(share (1 - share)/trials).</summary>
    public double StandardError => Math.Sqrt(Share * (1 - Share) / Trials);

    /// <summary>Wilson (1927): the score interval.</summary>
    public Interval Wilson(double level)
    {
        double z = Z(level);
        double square = z * z;
        double center = (Successes + (square / 2)) / (Trials + square);
        double reach = z / (Trials + square) * Math.Sqrt((Trials * Share * (1 - Share)) + (square / 4));
        return Clip(Successes == 0 ? 0 : center - reach, Successes == Trials ? 1 : center + reach);
    }

    /// <summary>Wilson's interval with continuity correction (Newcombe 1998).</summary>
    public Interval WilsonContinuity(double level)
    {
        double z = Z(level);
        double square = z * z;
        double denominator = 2 * (Trials + square);
        double center = (2.0 * Successes) + square;
        double low = (center - 1 - (z * Math.Sqrt(square - 2 - (1.0 / Trials) + (4 * Share * ((Trials * (1 - Share)) + 1))))) / denominator;
        double high = (center + 1 + (z * Math.Sqrt(square + 2 - (1.0 / Trials) + (4 * Share * ((Trials * (1 - Share)) - 1))))) / denominator;
        return Clip(Successes == 0 ? 0 : low, Successes == Trials ? 1 : high);
    }

    /// <summary>Clopper and Pearson (1934): never below the level; 0 at no success, 1 at all.</summary>
    public Interval ClopperPearson(double level)
    {
        double tail = (1 - level) / 2;
        return new Interval(
            Successes == 0 ? 0 : Beta.Quantile(Successes, Trials - Successes + 1, tail),
            Successes == Trials ? 1 : Beta.Quantile(Successes + 1, Trials - Successes, 1 - tail));
    }

    /// <summary>Agresti and Coull (1998).</summary>
    public Interval AgrestiCoull(double level)
    {
        double z = Z(level);
        double trials = Trials + (z * z);
        double share = (Successes + (z * z / 2)) / trials;
        double reach = z * Math.Sqrt(share * (1 - share) / trials);
        return Clip(share - reach, share + reach);
    }

    /// <summary>The equal-tailed posterior interval of Jeffreys' prior Beta(1/2, 1/2).</summary>
    public Interval Jeffreys(double level)
    {
        double tail = (1 - level) / 2;
        return new Interval(
            Beta.Quantile(Successes + 0.5, Trials - Successes + 0.5, tail),
            Beta.Quantile(Successes + 0.5, Trials - Successes + 0.5, 1 - tail));
    }

    /// <summary>Wald's: share -+ z se; too short at the ends.</summary>
    public Interval Wald(double level) => Clip(Share - (Z(level) * StandardError), Share + (Z(level) * StandardError));

    private static double Z(double level) => Normal.Quantile(0.5 + (level / 2));

    private static Interval Clip(double low, double high) => new(Math.Max(0, low), Math.Min(1, high));
}
