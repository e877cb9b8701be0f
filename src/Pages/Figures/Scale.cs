namespace NaturalThoughts.Pages.Figures;

/// <summary>An axis with round ends and about six ticks.</summary>
/// <param name="Low">Its start.</param>
/// <param name="High">Its end, above the start.</param>
/// <param name="Step">From tick to tick.</param>
internal sealed record Scale(double Low, double High, double Step)
{
    /// <summary>The values of the ticks, from the lowest to the highest.</summary>
    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)Math.Round((High - Low) / Step) + 1).Select(i => Low + (i * Step));

    /// <summary>The axis around some values; from 0 to 1 where there are none.</summary>
    /// <param name="least">Values that the axis reaches down to.</param>
    /// <param name="most">Values that it reaches up to.</param>
    public static Scale Around(IEnumerable<double> least, IEnumerable<double> most)
    {
        double low = least.DefaultIfEmpty(0).Min(), high = most.DefaultIfEmpty(1).Max();
        double span = Math.Max(high - low, 1e-6), step = 1e-7;
        for (int i = 0; span / step > 7; i++)
        {
            step *= i % 3 == 1 ? 2.5 : 2; // 1, 2, 5, 10, ...
        }

        double start = Math.Floor(low / step) * step, end = Math.Ceiling(high / step) * step;
        return new Scale(start, end > start ? end : start + step, step);
    }

    /// <summary>Where a value lies: 0 at the start, 1 at the end.</summary>
    public double Share(double value) => (value - Low) / (High - Low);
}
