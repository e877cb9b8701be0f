namespace NaturalThoughts.Statistics;

/// <summary>
/// A difference in accuracy as an amount of data: how many times the reference's training examples would give the same score, by the scaling curve
/// of reference students, accuracy = a + b ln(size), fitted by least squares. The difference D is worth exp(D/b). The interval holds every factor m
/// that the contrast D - b ln(m) does not reject (Fieller 1954, J. R. Stat. Soc. B 16:175), so that it uses the test's own noise and leaves 1
/// out exactly where the difference is significant: resampling two or three replicates would make them look steadier than they are. All of it
/// holds for a straight curve only: on a bent one, whose <see cref="BendP"/> is small, the interval does not have its level. Two sizes cannot tell.
/// </summary>
/// <param name="Slope">b: accuracy gained per factor e of data.</param>
/// <param name="Value">The factor; above 1 for a student that is better than its reference.</param>
/// <param name="Interval">Its interval; 0 below, or infinity above, where no end was found within a factor of <see cref="Furthest"/>.</param>
/// <param name="BendP">
/// Two-sided p that the coefficient of ln(size)^2 is 0, if it is added to the line: the line's lack of fit. Null for a curve of two sizes.
/// </param>
public sealed record DataMultiplier(double Slope, double Value, Interval Interval, double? BendP)
{
    /// <summary>Ends beyond this factor are not looked for.</summary>
    public const double Furthest = 1000;

    private const double Tolerance = 1e-4;

    /// <summary>The multiplier of a student against its reference; null where the curve does not rise significantly, or the contrasts have no test.</summary>
    /// <param name="student">The student; its weight is not looked at, here and below.</param>
    /// <param name="reference">What it is compared with.</param>
    /// <param name="curve">Reference students of two or more sizes, the reference among them by its <see cref="ContrastTerm.Student"/>.</param>
    /// <param name="level">The level of the interval, such as 0.95.</param>
    /// <exception cref="ArgumentException">The curve has fewer than two sizes.</exception>
    public static DataMultiplier? Of(ContrastTerm student, ContrastTerm reference, IReadOnlyList<(double Size, ContrastTerm Student)> curve, double level)
    {
        double[] x = [.. curve.Select(point => Math.Log(point.Size))];
        if (x.Distinct().Count() < 2)
        {
            throw new ArgumentException("A scaling curve has two or more sizes.", nameof(curve));
        }

        double mean = x.Average(), squares = x.Sum(value => (value - mean) * (value - mean));
        ContrastTerm[] rise = Weighted(curve, [.. x.Select(value => (value - mean) / squares)]);
        CrossedContrast slope = CrossedContrast.Of(rise);
        if (!(slope.Estimate > 0 && slope.P <= 1 - level))
        {
            return null;
        }

        CrossedContrast At(double logFactor) => CrossedContrast.Of(
            [student with { Weight = 1 }, reference with { Weight = -1 }, .. rise.Select(term => term with { Weight = -logFactor * term.Weight })]);
        CrossedContrast difference = At(0);
        if (difference.Degeneracy != Degeneracy.None)
        {
            return null;
        }

        double best = difference.Estimate / slope.Estimate;
        Interval interval = new(End(At, best, -1, 1 - level), End(At, best, 1, 1 - level));
        return new DataMultiplier(slope.Estimate, Math.Exp(best), interval, x.Distinct().Count() < 3 ? null : Bend(curve, x, mean, squares).P);
    }

    // The coefficient of ln(size)^2 by least squares: its weights are what a line leaves of the squares, by their own sum of squares.
    private static CrossedContrast Bend(IReadOnlyList<(double Size, ContrastTerm Student)> curve, double[] x, double mean, double squares)
    {
        double skew = x.Sum(value => Math.Pow(value - mean, 3)) / squares;
        double[] left = [.. x.Select(value => ((value - mean) * (value - mean)) - (squares / x.Length) - (skew * (value - mean)))];
        double sum = left.Sum(value => value * value);
        return CrossedContrast.Of(Weighted(curve, [.. left.Select(value => value / sum)]));
    }

    private static ContrastTerm[] Weighted(IReadOnlyList<(double Size, ContrastTerm Student)> curve, double[] weights) =>
        [.. curve.Select((point, i) => point.Student with { Weight = weights[i] })];

    // Outwards in doubled steps until the contrast rejects, then by halves.
    private static double End(Func<double, CrossedContrast> at, double best, int side, double alpha)
    {
        double inside = best, most = Math.Log(Furthest);
        for (double step = 0.125; ; step *= 2)
        {
            double outside = best + (side * step);
            if (at(outside).P <= alpha)
            {
                while (Math.Abs(outside - inside) > Tolerance)
                {
                    double middle = (inside + outside) / 2;
                    (inside, outside) = at(middle).P <= alpha ? (inside, middle) : (middle, outside);
                }

                double factor = Math.Exp(inside);
                return factor > Furthest ? double.PositiveInfinity : factor < 1 / Furthest ? 0 : factor;
            }

            if (side * outside > most)
            {
                return side < 0 ? 0 : double.PositiveInfinity;
            }

            inside = outside;
        }
    }
}
