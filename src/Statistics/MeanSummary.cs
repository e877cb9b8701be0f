namespace NaturalThoughts.Statistics;

/// <summary>Mean of independent values (seeds) with its standard error.</summary>
/// <param name="Count">Number of values.</param>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="Sd">Standard deviation, divisor n - 1; NaN for one value.</param>
/// <param name="StandardError">Sd over the root of n; NaN for one value.</param>
public sealed record MeanSummary(int Count, double Mean, double Sd, double StandardError)
{
    /// <summary>Summarises one or more values by two passes, the second corrected, so that a large offset costs no digits.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static MeanSummary Of(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            throw new ArgumentException("A mean needs at least one value.", nameof(values));
        }

        double origin = values[0];
        double mean = origin + (values.Sum(value => value - origin) / values.Count);
        double residual = values.Sum(value => value - mean);
        double squares = values.Sum(value => (value - mean) * (value - mean)) - (residual * residual / values.Count);
        double sd = values.Count == 1 ? double.NaN : Math.Sqrt(Math.Max(0, squares) / (values.Count - 1));
        return new MeanSummary(values.Count, mean, sd, sd / Math.Sqrt(values.Count));
    }

    /// <summary>Student's interval with n - 1 degrees of freedom at a level such as 0.95.</summary>
    public Interval Interval(double level) => StudentInterval(Mean, StandardError, Count - 1, level);

    internal static Interval StudentInterval(double mean, double standardError, double df, double level)
    {
        if (double.IsNaN(standardError))
        {
            return new Interval(double.NaN, double.NaN);
        }

        double reach = standardError == 0 ? 0 : TDistribution.Quantile(0.5 + (level / 2), df) * standardError;
        return new Interval(mean - reach, mean + reach);
    }
}
