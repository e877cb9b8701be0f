namespace NaturalThoughts.Statistics;

/// <summary>The sign test of paired differences; zeros are dropped, and without any other p is 1.</summary>
public sealed record SignTest(int Positive, int Negative)
{
    /// <summary>Counts positive and negative differences; zeros are neither.</summary>
    public static SignTest Of(IReadOnlyList<double> differences) => new(differences.Count(d => d > 0), differences.Count(d => d < 0));

    /// <summary>(positive - negative)/2.</summary>
    public double Statistic => (Positive - Negative) / 2.0;

    /// <summary>Twice the smaller binomial tail, at most 1.</summary>
    public double TwoSidedP => new McNemar(Positive, Negative).ExactP;

    /// <summary>p against more positive signs.</summary>
    public double GreaterP => new McNemar(Positive, Negative).GreaterP;
}
