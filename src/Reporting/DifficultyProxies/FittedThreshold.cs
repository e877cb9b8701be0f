namespace NaturalThoughts.Reporting.DifficultyProxies;

/// <summary>The direction of a signal and the value from which a question is called hard.</summary>
/// <param name="Sign">1 where larger values are harder, -1 where smaller ones are.</param>
/// <param name="Cut">A question is called hard where sign times value is at least this.</param>
internal readonly record struct FittedThreshold(int Sign, double Cut)
{
    /// <summary>
    /// The threshold with the highest balanced accuracy (Youden 1950) in either direction; of equal ones the first in ascending order of cuts,
    /// larger values as harder first. Counts are compared as whole numbers.
    /// </summary>
    public static FittedThreshold Fit(IReadOnlyList<double> signal, IReadOnlyList<bool> isWrong, IReadOnlyCollection<int> members)
    {
        long wrong = members.Count(q => isWrong[q]), right = members.Count - wrong;
        (long Gain, FittedThreshold Threshold) best = (long.MinValue, default);
        foreach (int sign in new[] { 1, -1 })
        {
            // From the highest value down, so that what is counted is called hard.
            long hardWrong = 0, hardRight = 0;
            foreach (IGrouping<double, int> level in members.GroupBy(q => sign * signal[q]).OrderByDescending(level => level.Key))
            {
                hardWrong += level.Count(q => isWrong[q]);
                hardRight += level.Count(q => !isWrong[q]);
                long gain = (hardWrong * right) - (hardRight * wrong);
                if (gain > best.Gain || (gain == best.Gain && sign == best.Threshold.Sign))
                {
                    best = (gain, new FittedThreshold(sign, level.Key));
                }
            }
        }

        return best.Threshold;
    }

    /// <summary>1 for a question that is called hard, else 0.</summary>
    public double[] Apply(IReadOnlyList<double> signal)
    {
        (int sign, double cut) = this;
        return [.. signal.Select(value => sign * value >= cut ? 1.0 : 0)];
    }
}
