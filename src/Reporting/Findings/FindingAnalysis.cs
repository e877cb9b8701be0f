using NaturalThoughts.Statistics;
using static NaturalThoughts.Reporting.Tables.DetectableEffect;

namespace NaturalThoughts.Reporting.Findings;

/// <summary>
/// Tests findings and judges them. The p of a finding with a direction is twice the one-sided one, so that p is at most the level exactly where
/// the interval of that level excludes the reference (of equivalence: lies within the margins). Holm's steps give each finding of a family the
/// error at which it is tested: the level over the findings that are left at its step, and after the first one that is not rejected that of this
/// step for all others. The printed interval is the one of this error, so that test, interval and verdict never disagree.
/// </summary>
internal static class FindingAnalysis
{
    /// <summary>The results in the order of the findings.</summary>
    public static IReadOnlyList<FindingResult> Of(
        FindingsOptions options, Func<Finding, (Finding Finding, IFindingTest Test, IReadOnlyList<int> Replicates)> test)
    {
        (FindingResult Result, IFindingTest Test)[] all = [.. options.Findings.Select(finding => First(test(finding)))];
        foreach (int[] family in Enumerable.Range(0, all.Length).GroupBy(i => all[i].Result.Finding.Family, StringComparer.Ordinal)
            .Select(group => group.ToArray()))
        {
            // A test that the data do not allow was promised anyway: it stays in the family.
            double[] p = [.. family.Select(i => all[i].Result.P ?? 1)];
            double[] holm = MultipleTesting.Holm(p), alpha = Alphas(p, options.Level);
            for (int k = 0; k < family.Length; k++)
            {
                (FindingResult result, IFindingTest own) = all[family[k]];
                result = result with
                {
                    HolmP = result.P is null ? null : holm[k],
                    Alpha = alpha[k],
                    Interval = own.Interval(1 - alpha[k]),
                    Detectable = own.MinimumDetectable(result.Finding.Reference, WantedPower, options.Level / family.Length),
                };
                all[family[k]].Result = result with { Verdict = Judge(result, options.Level) };
            }
        }

        bool sound = all.All(item => !item.Result.Finding.IsControl || item.Result.Verdict == FindingVerdict.Supported);
        return [.. all.Select(item => sound || item.Result.Finding.IsControl ? item.Result : item.Result with { Verdict = FindingVerdict.Withheld })];
    }

    /// <summary>The verdict on a finding alone, whatever the controls say.</summary>
    public static FindingVerdict Judge(FindingResult result, double level)
    {
        (Finding finding, double low, double high) =
            (result.Finding, result.Interval.Low - result.Finding.Reference, result.Interval.High - result.Finding.Reference);
        double effect = result.Estimate - finding.Reference, smallest = finding.Smallest;
        bool rejected = result.HolmP <= level;
        (bool supported, bool contradicted) = finding.Direction switch
        {
            FindingDirection.Greater => (rejected && effect >= smallest, high < smallest),
            FindingDirection.Less => (rejected && -effect >= smallest, low > -smallest),
            FindingDirection.TwoSided => (rejected && Math.Abs(effect) >= smallest, low > -smallest && high < smallest),
            FindingDirection.NonInferior => (rejected, high < -smallest),
            _ => (rejected, low > smallest || high < -smallest),
        };
        return supported ? FindingVerdict.Supported : contradicted ? FindingVerdict.Contradicted : FindingVerdict.Undecided;
    }

    /// <summary>The error at which Holm's steps test each p: see the class.</summary>
    internal static double[] Alphas(IReadOnlyList<double> p, double level)
    {
        double[] alphas = new double[p.Count];
        int left = p.Count;
        bool stopped = false;
        foreach (int i in Enumerable.Range(0, p.Count).OrderBy(i => p[i]))
        {
            alphas[i] = level / left;
            stopped |= p[i] > alphas[i];
            left -= stopped ? 0 : 1;
        }

        return alphas;
    }

    private static (FindingResult Result, IFindingTest Test) First((Finding Finding, IFindingTest Test, IReadOnlyList<int> Replicates) made)
    {
        (Finding finding, IFindingTest test, IReadOnlyList<int> replicates) = made;
        double? p = finding.Direction switch
        {
            FindingDirection.Greater => test.PGreater(finding.Reference),
            FindingDirection.Less => test.PLess(finding.Reference),
            FindingDirection.NonInferior => test.PGreater(finding.Reference - finding.Smallest),
            FindingDirection.Equivalent => Larger(test.PGreater(finding.Reference - finding.Smallest), test.PLess(finding.Reference + finding.Smallest)),
            _ => Smaller(test.PGreater(finding.Reference), test.PLess(finding.Reference)),
        };
        return (new FindingResult
        {
            Finding = finding,
            Estimate = test.Estimate,
            Replicates = replicates,
            P = p is null ? null : Math.Min(1, 2 * p.Value),
            Degenerate = test.Degenerate,
        }, test);
    }

    // Schuirmann's two one-sided tests: equivalence needs both.
    private static double? Larger(double? above, double? below) => above is { } a && below is { } b ? Math.Max(a, b) : null;

    private static double? Smaller(double? above, double? below) => above is { } a && below is { } b ? Math.Min(a, b) : null;
}
