namespace NaturalThoughts.Statistics;

/// <summary>What the signed-rank test does with differences of zero.</summary>
public enum ZeroRule
{
    /// <summary>Drops them before ranking (Wilcoxon 1945).</summary>
    Drop,

    /// <summary>Ranks them and drops their ranks (Pratt 1959).</summary>
    Pratt,

    /// <summary>Ranks them and gives half of their ranks to each side.</summary>
    Split,
}
