namespace NaturalThoughts.Statistics;

/// <summary>How far two sets overlap; two empty sets agree by convention (1), one empty set gives 0.</summary>
/// <param name="Both">Size of the intersection.</param>
/// <param name="First">Size of the first set.</param>
/// <param name="Second">Size of the second.</param>
public sealed record SetOverlap(int Both, int First, int Second)
{
    /// <summary>Counts the intersection.</summary>
    public static SetOverlap Of<T>(IReadOnlySet<T> first, IReadOnlySet<T> second) => new(first.Count(second.Contains), first.Count, second.Count);

    /// <summary>Intersection over union.</summary>
    public double Jaccard => Ratio(Both, First + Second - Both);

    /// <summary>Twice the intersection over the sum of the sizes.</summary>
    public double Dice => Ratio(2 * Both, First + Second);

    /// <summary>Intersection over the smaller size.</summary>
    public double Overlap => First == 0 && Second == 0 ? 1 : Math.Min(First, Second) == 0 ? 0 : (double)Both / Math.Min(First, Second);

    private static double Ratio(int part, int whole) => whole == 0 ? 1 : (double)part / whole;
}
