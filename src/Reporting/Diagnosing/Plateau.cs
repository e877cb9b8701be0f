using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Diagnosing;

/// <summary>More of the same brings nothing: more steps, or more data.</summary>
internal static class Plateau
{
    /// <summary>A training trips that is shown to fall by less than this share of its loss from the third to the last quarter of its steps.</summary>
    public const double LeastFall = 0.02;

    /// <summary>A larger training set trips that is shown to gain less than this.</summary>
    public const double LeastGain = 0.02;

    private const int FewestSteps = 16;
    private const double Level = 0.95;

    public static Diagnosis OfTraining(DiagnosedCell cell)
    {
        const string Name = "plateau of the training";
        string threshold = $"the loss falls by less than {ShareDiagnosis.Percent(LeastFall)} % from the third to the last quarter of the steps (95 % interval)";
        const string LookAt = "fewer epochs cost nothing; a higher learning rate, a larger student or other data may do more (training curves: Report)";
        double[][] usable = [.. cell.Losses.Where(losses => losses.Count >= FewestSteps).Select(losses => losses.ToArray())];
        if (usable.Length == 0)
        {
            return ShareDiagnosis.Untested(Name, cell.Losses.Count == 0 ? "no training is known" : $"no training has {FewestSteps} steps", threshold, LookAt);
        }

        // Steps of all seeds together: their means differ by seed, so each is taken relative to its seed's third quarter.
        List<double> third = [], last = [];
        foreach (double[] losses in usable)
        {
            int quarter = losses.Length / 4;
            double[] before = losses[^(2 * quarter)..^quarter], after = losses[^quarter..];
            double mean = before.Average();
            third.AddRange(before.Select(loss => loss / mean));
            last.AddRange(after.Select(loss => loss / mean));
        }

        Welch fall = Welch.Of(third, last);
        Interval interval = fall.Interval(Level);
        double end = usable.Average(losses => losses[^(losses.Length / 4)..].Average());
        return new Diagnosis(
            Name,
            interval.High < LeastFall ? DiagnosisState.Trips : interval.Low >= LeastFall ? DiagnosisState.Fine : DiagnosisState.Unclear,
            $"falls by {ShareDiagnosis.Percent(fall.Difference)} % [{ShareDiagnosis.Percent(interval.Low)}, {ShareDiagnosis.Percent(interval.High)}], "
                + $"last loss {Numbers.Fixed(end, 3)}",
            threshold,
            LookAt);
    }

    public static Diagnosis OfSize(DiagnosedCell cell)
    {
        const string Name = "plateau of the size";
        string threshold = $"gains less than {ShareDiagnosis.Percent(LeastGain)} points on the next smaller training set (95 % interval)";
        const string LookAt = "the scaling curve; whether the base student can do more (levels that nobody solves); epochs of the larger size";
        if (cell.Smaller is not { } smaller)
        {
            return ShareDiagnosis.Untested(Name, "the row has no smaller size", threshold, LookAt);
        }

        (IReadOnlyList<double[,]> own, IReadOnlyList<double[,]> other) = QuestionMeans.Paired(cell, smaller, answer => answer.Grade.Score);
        if (own.Count == 0)
        {
            return ShareDiagnosis.Untested(Name, $"{smaller.Address} answers other questions", threshold, LookAt);
        }

        CrossedContrast gain = CrossedContrast.Of([new ContrastTerm(1, own), new ContrastTerm(-1, other)]);
        Interval interval = gain.Interval(Level);
        return new Diagnosis(
            Name,
            interval.High < LeastGain || gain.Degeneracy == Degeneracy.Identical
                ? DiagnosisState.Trips
                : interval.Low >= LeastGain ? DiagnosisState.Fine : DiagnosisState.Unclear,
            $"{Numbers.Signed((decimal)(100 * gain.Estimate), 1)} points on {smaller.Address}"
                + (double.IsNaN(interval.Low)
                    ? "; no interval: " + gain.Degeneracy
                    : $" [{ShareDiagnosis.Percent(interval.Low)}, {ShareDiagnosis.Percent(interval.High)}]"),
            threshold,
            LookAt);
    }
}
