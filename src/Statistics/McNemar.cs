namespace NaturalThoughts.Statistics;

/// <summary>McNemar's test: of n pairs only the discordant ones count, b where the first alone was right and c where the second was.</summary>
public sealed record McNemar(int B, int C)
{
    /// <summary>Twice the smaller binomial tail, at most 1; 1 without a discordant pair.</summary>
    public double ExactP => Math.Min(1, 2 * Binomial.Cdf(Math.Min(B, C), B + C, 0.5));

    /// <summary>The exact p with half the weight of the observed count (Fagerland, Lydersen and Laake 2013).</summary>
    public double MidP
    {
        get
        {
            int smaller = Math.Min(B, C);
            return B + C == 0 ? 1 : Math.Min(1, 2 * (Binomial.Cdf(smaller, B + C, 0.5) - (0.5 * Binomial.Pmf(smaller, B + C, 0.5))));
        }
    }

    /// <summary>One-sided exact p against b &gt; c.</summary>
    public double GreaterP => Binomial.AtLeast(B, B + C, 0.5);

    /// <summary>The chi-square statistic; NaN without a discordant pair.</summary>
    public double ChiSquare => B + C == 0 ? double.NaN : ((double)B - C) * (B - C) / (B + C);

    /// <summary>The statistic with Edwards' continuity correction (|b - c| - 1)^2/(b + c).</summary>
    public double CorrectedChiSquare => B + C == 0 ? double.NaN : (Math.Abs((double)B - C) - 1) * (Math.Abs((double)B - C) - 1) / (B + C);

    /// <summary>p of <see cref="ChiSquare"/>.</summary>
    public double ChiSquareP => Statistics.ChiSquare.Sf(ChiSquare, 1);

    /// <summary>p of <see cref="CorrectedChiSquare"/>.</summary>
    public double CorrectedChiSquareP => Statistics.ChiSquare.Sf(CorrectedChiSquare, 1);
}
