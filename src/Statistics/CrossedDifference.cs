namespace NaturalThoughts.Statistics;

/// <summary>
/// The paired test of two students on the same questions over R replicates, with questions and replicates as (crossed) clusters.
/// d[q, r] is the first's verdict minus the second's. The variance of the mean adds a component for questions and one for replicates:
/// the two-way clustered variance V_question + V_replicate - V_rest of Cameron, Gelbach and Miller (2011) for a full table, with the
/// rest taken as the residual mean square (which makes it unbiased in small samples) and each component kept at 0 or above.
/// Its degrees of freedom are Satterthwaite's (1946), as in the analysis of several readers by several cases, which is the same design
/// (Hillis 2007, Statistics in Medicine 26:596): many when questions dominate, R - 1 when the replicates do.
/// With <see cref="TrainingNoise"/> the replicates' component is the sum of the pooled ones of the two students, which presumes that replicate r
/// of the one and of the other share nothing that would make them move apart. In simulations of 200 questions and 3 replicates its size at
/// 0.05 lies between 0.03 and 0.05 (0.015 to 0.05 unpooled) whatever the training noise; clustering by question alone rejects up to 27 %.
/// </summary>
/// <param name="Squares">Mean squares of the differences.</param>
/// <param name="StandardError">Standard error of the mean difference; NaN where it cannot be estimated.</param>
/// <param name="DegreesOfFreedom">Satterthwaite's; NaN without a standard error.</param>
/// <param name="Degeneracy">Why there is no p, or <see cref="Degeneracy.None"/>.</param>
public sealed record CrossedDifference(CrossedMeanSquares Squares, double StandardError, double DegreesOfFreedom, Degeneracy Degeneracy)
{
    /// <summary>The name that tables print.</summary>
    public const string Name = "paired two-way clustered t-test (questions x replicates, Satterthwaite)";

    /// <summary>Mean difference.</summary>
    public double Mean => Squares.Mean;

    /// <summary>Two-sided p; null for a degenerate comparison.</summary>
    public double? P => Degeneracy == Degeneracy.None ? Student.TwoSided(Mean / StandardError, DegreesOfFreedom) : null;

    /// <summary>Student's interval of the difference at a level such as 0.95; NaN ends for a degenerate comparison.</summary>
    public Interval Interval(double level) => Degeneracy == Degeneracy.None
        ? MeanSummary.StudentInterval(Mean, StandardError, DegreesOfFreedom, level)
        : new Interval(double.NaN, double.NaN);

    /// <summary>The smallest true difference that this comparison finds at the level with the given power; NaN for a degenerate one.</summary>
    public double MinimumDetectable(double power, double alpha) =>
        Degeneracy == Degeneracy.None ? Power.Difference(StandardError, DegreesOfFreedom, power, alpha) : double.NaN;

    /// <summary>Tests whether the mean of the differences [question, replicate] is 0.</summary>
    /// <param name="differences">The first's verdict minus the second's.</param>
    /// <param name="noise">
    /// The pooled noise of the first student's kind and of the second's, equal where they are of one kind; null to estimate it from the
    /// differences alone.
    /// </param>
    public static CrossedDifference Of(double[,] differences, (TrainingNoise First, TrainingNoise Second)? noise = null)
    {
        CrossedMeanSquares squares = CrossedMeanSquares.Of(differences);
        Degeneracy degeneracy = Find(differences, squares);
        if (degeneracy is Degeneracy.SingleQuestion)
        {
            return new CrossedDifference(squares, double.NaN, double.NaN, degeneracy);
        }

        if (degeneracy is Degeneracy.SingleReplicate)
        {
            return new CrossedDifference(squares, squares.StandardError, squares.Questions - 1, degeneracy);
        }

        double questions = Math.Max(squares.Question, squares.Residual);
        double excess = noise is null ? Math.Max(squares.Replicate - squares.Residual, 0) : noise.Value.First.Excess + noise.Value.Second.Excess;
        double variance = (questions + excess) / squares.Count;
        double restDf = (squares.Questions - 1.0) * (squares.Replicates - 1);
        double uncertainty = (squares.Question * squares.Question / (squares.Questions - 1)) + (noise is null
            ? (squares.Replicate * squares.Replicate / (squares.Replicates - 1)) + (squares.Residual * squares.Residual / restDf)
            : Uncertainty(noise.Value.First, noise.Value.Second));
        double df = (questions + excess) * (questions + excess) / uncertainty;
        return degeneracy == Degeneracy.None
            ? new CrossedDifference(squares, Math.Sqrt(variance), Math.Max(1, df), degeneracy)
            : new CrossedDifference(squares, 0, double.NaN, degeneracy);
    }

    // Satterthwaite's term of the summed noise: one estimate that counts twice, or two estimates of their own.
    private static double Uncertainty(TrainingNoise first, TrainingNoise second)
    {
        static double Of(double meanSquare, double df) => meanSquare * meanSquare / df;
        return first == second
            ? Of(2 * first.Replicate, first.DegreesOfFreedom)
            : Of(first.Replicate, first.DegreesOfFreedom) + Of(second.Replicate, second.DegreesOfFreedom);
    }

    private static Degeneracy Find(double[,] differences, CrossedMeanSquares squares)
    {
        double first = differences[0, 0];
        bool constant = differences.Cast<double>().All(value => value == first);
        return squares.Questions == 1 ? Degeneracy.SingleQuestion
            : constant ? (first == 0 ? Degeneracy.Identical : Degeneracy.NoVariation)
            : squares.Replicates == 1 ? Degeneracy.SingleReplicate
            : Degeneracy.None;
    }
}
