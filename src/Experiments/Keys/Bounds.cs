using System.Globalization;

namespace NaturalThoughts.Experiments.Keys;

/// <summary>The numbers from <paramref name="Least"/> to <paramref name="Most"/>; infinite where there is no limit.</summary>
/// <param name="Least">The lower limit.</param>
/// <param name="Most">The upper limit.</param>
/// <param name="IsAbove">True where the lower limit itself is excluded.</param>
/// <param name="IsBelow">True where the upper limit itself is excluded.</param>
internal readonly record struct Bounds(double Least, double Most, bool IsAbove = false, bool IsBelow = false)
{
    /// <summary>True where a number is inside.</summary>
    public bool Holds(double value) => (IsAbove ? value > Least : value >= Least) && (IsBelow ? value < Most : value <= Most);

    /// <inheritdoc />
    public override string ToString()
    {
        string from = string.Create(CultureInfo.InvariantCulture, $"{(IsAbove ? "above" : "from")} {Least}");
        string to = string.Create(CultureInfo.InvariantCulture, $"{(IsAbove ? "and up " : "")}to {(IsBelow ? "below " : "")}{Most}");
        return double.IsInfinity(Most) ? from : $"{from} {to}";
    }
}
