using MathNet.Numerics;

namespace NaturalThoughts.Statistics;

/// <summary>The chi-square distribution.</summary>
public static class ChiSquare
{
    /// <summary>P(X &gt; x); NaN for NaN.</summary>
    public static double Sf(double x, double df)
    {
        if (double.IsNaN(x) || x <= 0)
        {
            return double.IsNaN(x) ? double.NaN : 1;
        }

        return df == 1 ? Normal.TwoSided(Math.Sqrt(x)) : SpecialFunctions.GammaUpperRegularized(df / 2, x / 2);
    }
}
