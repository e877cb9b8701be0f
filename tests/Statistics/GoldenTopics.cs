using System.Globalization;
using System.Text.Json;

namespace NaturalThoughts.Statistics.Tests;

/// <summary>One function per topic: the value of a golden case's expected member.</summary>
internal static class GoldenTopics
{
    public static object? MeanSe(string member, JsonElement inputs)
    {
        MeanSummary summary = MeanSummary.Of(inputs.Numbers("x"));
        return member switch
        {
            "mean" => summary.Mean,
            "sd" => summary.Sd,
            "se" => summary.StandardError,
            "ci95" => Ends(summary.Interval(0.95)),
            _ => null,
        };
    }

    public static object? ClusteredSe(string member, JsonElement inputs)
    {
        int[] clusters = inputs.Integers("cluster");
        double[] values = inputs.Numbers("difference");
        ClusteredMean mean = ClusteredMean.Of(clusters, values);
        return member switch
        {
            "n" => mean.Count,
            "clusters" => mean.Clusters,
            "mean" => mean.Mean,
            "se_naive" => mean.NaiveError,
            "se_cr0" => mean.Cr0,
            "se_cr1" => mean.Cr1,
            "t" => mean.T,
            "p_normal" => mean.NormalP,
            "p_student" => mean.StudentP,
            "ci95_student" => Ends(mean.Interval(0.95)),
            "se_of_cluster_means" => MeanSummary.Of(
                [.. clusters.Zip(values).GroupBy(pair => pair.First).Select(group => group.Average(pair => pair.Second))]).StandardError,
            _ => null,
        };
    }

    public static object? PairedT(string member, JsonElement inputs)
    {
        PairedT test = Statistics.PairedT.Of([.. inputs.Numbers("a").Zip(inputs.Numbers("b"), (a, b) => a - b)]);
        return member switch
        {
            "n" => test.Differences.Count,
            "mean_difference" => test.Differences.Mean,
            "sd" => test.Differences.Sd,
            "se" => test.Differences.StandardError,
            "df" => test.Differences.Count - 1,
            "t" => test.T,
            "p_two_sided" => test.TwoSidedP,
            "p_greater" => test.GreaterP,
            "ci95" => Ends(test.Differences.Interval(0.95)),
            "cohen_dz" => test.CohenDz,
            _ => null,
        };
    }

    public static object? MultipleTesting(string member, JsonElement inputs)
    {
        // The member is an object; its two lists are compared one after the other.
        double[] p = inputs.Numbers("p");
        double[]? adjusted = member switch
        {
            "holm" => Statistics.MultipleTesting.Holm(p),
            "benjamini_hochberg" => Statistics.MultipleTesting.BenjaminiHochberg(p),
            "bonferroni" => Statistics.MultipleTesting.Bonferroni(p),
            "benjamini_yekutieli" => Statistics.MultipleTesting.BenjaminiYekutieli(p),
            "holm_sidak" => Statistics.MultipleTesting.HolmSidak(p),
            "hommel" => Statistics.MultipleTesting.Hommel(p),
            _ => null,
        };
        return adjusted is null
            ? null
            : new Dictionary<string, object?> { ["adjusted"] = adjusted, ["rejected_at_0_05"] = adjusted.Select(value => value <= 0.05).ToArray() };
    }

    public static object? Power(string member, JsonElement inputs) => member == "difference"
        ? Statistics.Power.McNemarDifference(inputs.Integer("n"), inputs.Number("discordant_share"), inputs.Number("power"), inputs.Number("alpha"))
        : null;

    public static object? McNemar(string member, JsonElement inputs)
    {
        McNemar test = new(inputs.Integer("b"), inputs.Integer("c"));
        return member switch
        {
            "exact_p" => test.ExactP,
            "mid_p" => test.MidP,
            "one_sided_p_b_greater" => test.GreaterP,
            "chi2" => test.ChiSquare,
            "chi2_p" => test.ChiSquareP,
            "chi2_corrected" => test.CorrectedChiSquare,
            "chi2_corrected_p" => test.CorrectedChiSquareP,
            "share_of_b_ci95_clopper_pearson" => Ends(new Proportion(test.B, test.B + test.C).ClopperPearson(0.95)),
            _ => null,
        };
    }

    public static object? ProportionIntervals(string member, JsonElement inputs)
    {
        Proportion share = new(inputs.Integer("successes"), inputs.Integer("trials"));
        double level = inputs.Number("level");
        return member switch
        {
            "share" => share.Share,
            "se" => share.StandardError,
            "wilson" => Ends(share.Wilson(level)),
            "clopper_pearson" => Ends(share.ClopperPearson(level)),
            "wilson_continuity" => Ends(share.WilsonContinuity(level)),
            "agresti_coull" => Ends(share.AgrestiCoull(level)),
            "jeffreys" => Ends(share.Jeffreys(level)),
            "wald" => Ends(share.Wald(level)),
            _ => null,
        };
    }

    public static object? Distributions(string member, JsonElement inputs)
    {
        if (inputs.Has("a"))
        {
            (double a, double b) = (inputs.Number("a"), inputs.Number("b"));
            return member switch
            {
                "regularised" => Beta.Cdf(a, b, inputs.Number("x")),
                "upper" => Beta.Sf(a, b, inputs.Number("x")),
                "log_beta" => Beta.LogBeta(a, b),
                "quantile" => Beta.Quantile(a, b, inputs.Number("p")),
                _ => null,
            };
        }

        if (inputs.Has("k"))
        {
            (int k, int n, double p) = (inputs.Integer("k"), inputs.Integer("n"), inputs.Number("p"));
            return member switch
            {
                "pmf" => Binomial.Pmf(k, n, p),
                "cdf" => Binomial.Cdf(k, n, p),
                "sf_at_least_k" => Binomial.AtLeast(k, n, p),
                _ => null,
            };
        }

        return inputs.Has("p") ? Quantile(inputs) : inputs.Has("df") ? OfStudent(member, inputs) : OfNormal(member, inputs);
    }

    public static object? PassAtK(string member, JsonElement inputs) => member switch
    {
        "pass_at_k" => Statistics.PassAtK.Of(inputs.Integer("n"), inputs.Integer("c"), inputs.Integer("k")),
        "exact" => Fraction(Statistics.PassAtK.Exact(inputs.Integer("n"), inputs.Integer("c"), inputs.Integer("k"))),
        "mean" => Statistics.PassAtK.Mean(
            [.. inputs.Input("problems").EnumerateArray().Select(problem => (problem.Integer("n"), problem.Integer("c")))], inputs.Integer("k")),
        _ => null,
    };

    public static object? Agreement(string member, JsonElement inputs)
    {
        if (inputs.Has("items"))
        {
            KrippendorffAlpha alpha = KrippendorffAlpha.Of([.. inputs.Input("items").EnumerateArray().Select(Values)]);
            return member switch { "nominal" => alpha.Nominal, "ordinal" => alpha.Ordinal, "interval" => alpha.Interval, _ => null };
        }

        CohenKappa kappa = CohenKappa.Of(inputs.Integers("a"), inputs.Integers("b"));
        return member switch
        {
            "observed_agreement" => kappa.Observed,
            "kappa" => kappa.Kappa,
            "kappa_linear" => kappa.Linear,
            "kappa_quadratic" => kappa.Quadratic,
            "kappa_se" => kappa.StandardError,
            _ => null,
        };
    }

    public static object? Overlap(string member, JsonElement inputs)
    {
        SetOverlap sets = SetOverlap.Of(inputs.Integers("a").ToHashSet(), inputs.Integers("b").ToHashSet());
        return member switch { "jaccard" => sets.Jaccard, "dice" => sets.Dice, "overlap" => sets.Overlap, _ => null };
    }

    private static object? Quantile(JsonElement inputs) => inputs.Has("df")
        ? TDistribution.Quantile(inputs.Number("p"), inputs.Number("df"))
        : Normal.Quantile(inputs.Number("p"));

    private static object? OfStudent(string member, JsonElement inputs)
    {
        (double x, double df) = (inputs.Number("x"), inputs.Number("df"));
        if (inputs.GetProperty("name").GetString()!.StartsWith("chi-square", StringComparison.Ordinal))
        {
            return ChiSquare.Sf(x, df);
        }

        return member switch
        {
            "cdf" => TDistribution.Cdf(x, df),
            "sf" => TDistribution.Sf(x, df),
            "two_sided_p" => TDistribution.TwoSided(x, df),
            _ => null,
        };
    }

    private static object? OfNormal(string member, JsonElement inputs)
    {
        double x = inputs.Number("x");
        return member switch
        {
            "cdf" => Normal.Cdf(x),
            "sf" => Normal.Sf(x),
            "pdf" => Normal.Pdf(x),
            "log_sf" => Normal.LogSf(x),
            "erf" => MathNet.Numerics.SpecialFunctions.Erf(x),
            "erfc" => MathNet.Numerics.SpecialFunctions.Erfc(x),
            "log_gamma" => LogGamma.Of(x),
            _ => null,
        };
    }

    private static IReadOnlyList<int?> Values(JsonElement item) =>
        [.. item.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? (int?)null : value.GetInt32())];

    private static double[] Ends(Interval interval) => [interval.Low, interval.High];

    private static string Fraction((System.Numerics.BigInteger Numerator, System.Numerics.BigInteger Denominator) fraction) => fraction.Denominator.IsOne
        ? fraction.Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{fraction.Numerator}/{fraction.Denominator}");
}
