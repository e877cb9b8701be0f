namespace NaturalThoughts.Statistics;

/// <summary>
/// Two one-sided tests of equivalence (Schuirmann 1987): that the true value lies between two bounds. At level alpha it is the same as that the
/// interval at 1 - 2 alpha lies between them.
/// </summary>
/// <param name="Low">The lower bound, below <paramref name="High"/>.</param>
/// <param name="High">The upper bound.</param>
/// <param name="P">The larger of the two one-sided p; null where the contrast has no test.</param>
public sealed record Tost(double Low, double High, double? P)
{
    /// <summary>Tests whether a contrast lies between two bounds.</summary>
    /// <exception cref="ArgumentException">The bounds are no interval.</exception>
    public static Tost Of(CrossedContrast contrast, double low, double high) => low < high
        ? new Tost(low, high, contrast.PGreater(low) is { } above && contrast.PLess(high) is { } below ? Math.Max(above, below) : null)
        : throw new ArgumentException($"Equivalence between {low} and {high}: the first bound lies below the second.", nameof(low));
}
