using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Agreement;

/// <summary>How far two annotators agree on one thing; NaN is what does not apply, or cannot be computed.</summary>
/// <param name="Label">What they labelled.</param>
/// <param name="Items">Items that both labelled.</param>
/// <param name="Observed">Share of equal labels; for sets the mean of intersection by union.</param>
/// <param name="Kappa">Cohen's kappa.</param>
/// <param name="StandardError">Of kappa.</param>
/// <param name="Weighted">Kappa with quadratic weights, for labels with distances.</param>
/// <param name="Alpha">Krippendorff's alpha: nominal, or interval for labels with distances.</param>
public sealed record AgreementRow(string Label, int Items, double Observed, double Kappa, double StandardError, double Weighted, double Alpha)
{
    /// <summary>A row of two annotators' labels, item by item.</summary>
    /// <param name="label">What they labelled.</param>
    /// <param name="first">The first annotator's labels, at least one.</param>
    /// <param name="second">The second's.</param>
    /// <param name="distances">Whether labels are numbers whose distance counts.</param>
    public static AgreementRow Of(string label, IReadOnlyList<int> first, IReadOnlyList<int> second, bool distances)
    {
        CohenKappa kappa = CohenKappa.Of(first, second);
        KrippendorffAlpha alpha = KrippendorffAlpha.Of([.. first.Zip(second, (a, b) => (IReadOnlyList<int?>)[a, b])]);
        return new AgreementRow(
            label, first.Count, kappa.Observed, kappa.Kappa, kappa.StandardError, distances ? kappa.Quadratic : double.NaN,
            distances ? alpha.Interval : alpha.Nominal);
    }

    /// <summary>A row of two annotators' sets: only their overlap.</summary>
    public static AgreementRow OfSets(string label, IReadOnlyList<IReadOnlyList<string>> first, IReadOnlyList<IReadOnlyList<string>> second) => new(
        label, first.Count, first.Zip(second, Overlap).Average(), double.NaN, double.NaN, double.NaN, double.NaN);

    private static double Overlap(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        int union = a.Union(b, StringComparer.Ordinal).Count();
        return union == 0 ? 1 : (double)a.Intersect(b, StringComparer.Ordinal).Count() / union;
    }
}
