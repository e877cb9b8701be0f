using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>At what level tables test, with which power an effect counts as detectable, and which effects are.</summary>
public static class DetectableEffect
{
    /// <summary>The error of a family of comparisons.</summary>
    public const double Level = 0.05;

    /// <summary>The probability with which a detectable effect is found.</summary>
    public const double WantedPower = 0.8;

    /// <summary>
    /// The smallest true difference that a test finds with <see cref="WantedPower"/>, the median over some tests, in points with one decimal.
    /// </summary>
    /// <param name="tests">The tests, at least one; of an even number the lower of the two in the middle counts.</param>
    /// <param name="level">The level of each.</param>
    public static string MedianDetectable(IReadOnlyList<CrossedContrast> tests, double level) =>
        Numbers.Fixed(100 * tests.Select(test => test.MinimumDetectable(WantedPower, level)).Order().ElementAt((tests.Count - 1) / 2), 1);
}
