using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Diagnosing;

/// <summary>A share of answers against a threshold.</summary>
internal static class ShareDiagnosis
{
    private const double Level = 0.95;

    /// <summary>The diagnosis that a share of answers is above a threshold.</summary>
    public static Diagnosis Above(string name, int count, int all, double threshold, string what, string lookAt)
    {
        Proportion share = new(count, all);
        Interval interval = share.Wilson(Level);
        return new Diagnosis(
            name,
            interval.Low > threshold ? DiagnosisState.Trips : interval.High <= threshold ? DiagnosisState.Fine : DiagnosisState.Unclear,
            FormattableString.Invariant($"{Percent(share.Share)} % of {all} answers [{Percent(interval.Low)}, {Percent(interval.High)}]"),
            $"{what} above {Percent(threshold)} %",
            lookAt);
    }

    /// <summary>A diagnosis for which something is missing.</summary>
    public static Diagnosis Untested(string name, string why, string threshold, string lookAt) => new(name, DiagnosisState.NotTested, why, threshold, lookAt);

    /// <summary>A fraction in percent with one decimal.</summary>
    public static string Percent(double fraction) => Numbers.Fixed(100 * fraction, 1);
}
