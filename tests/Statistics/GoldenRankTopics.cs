using System.Text.Json;

namespace NaturalThoughts.Statistics.Tests;

/// <summary>The topics of ranks, permutations, resampling and agreement.</summary>
internal static class GoldenRankTopics
{
    public static object? SignFlip(string member, JsonElement inputs)
    {
        SignFlip test = Statistics.SignFlip.Of([.. inputs.Input("differences").EnumerateArray().Select(value => value.GetDecimal())]);
        return member switch
        {
            "permutations" => test.Permutations,
            "statistic_mean" => test.Mean,
            "p_two_sided" => test.TwoSidedP,
            "p_greater" => test.GreaterP,
            "p_less" => test.LessP,
            _ => null,
        };
    }

    public static object? ClusterBootstrap(string member, JsonElement inputs)
    {
        double[] levels = [.. inputs.GetProperty("expected").GetProperty("quantile_levels").EnumerateArray().Select(value => value.GetDouble())];
        ClusterBootstrap bootstrap = Statistics.ClusterBootstrap.Enumerate(inputs.Integers("cluster"), inputs.Numbers("difference"));
        return member switch
        {
            "resamples" => bootstrap.Resamples,
            "mean" => bootstrap.Mean,
            "se" => bootstrap.StandardError,
            "se_of_se_times_root_b" => bootstrap.ErrorOfErrorTimesRoot,
            "share_at_or_below_zero" => bootstrap.AtOrBelow(0),
            "share_below_zero" => bootstrap.Below(0),
            "quantile_levels" => levels,
            "quantiles_inverted_cdf" => levels.Select(bootstrap.Quantile).ToArray(),
            "quantiles_linear" => levels.Select(bootstrap.QuantileLinear).ToArray(),
            _ => null,
        };
    }

    public static object? Wilcoxon(string member, JsonElement inputs)
    {
        Wilcoxon test = new(inputs.Numbers("differences"));
        return member switch
        {
            "n_nonzero" => test.NonZero,
            "w_plus" => test.Plus,
            "w_minus" => test.Minus,
            "statistic" => test.Statistic,
            "exact_p_two-sided" or "enumerated_p_two-sided" => test.Exact().TwoSided,
            "exact_p_greater" or "enumerated_p_greater" => test.Exact().Greater,
            "exact_p_less" or "enumerated_p_less" => test.Exact().Less,
            _ when member.StartsWith("normal_", StringComparison.Ordinal) => NormalForm(test, member),
            _ => null,
        };
    }

    public static object? RankCorrelation(string member, JsonElement inputs)
    {
        double[] x = inputs.Numbers("x"), y = inputs.Numbers("y");
        return member switch
        {
            "spearman_rho" => Statistics.RankCorrelation.Spearman(x, y),
            "spearman_p_student" => Statistics.RankCorrelation.SpearmanP(Statistics.RankCorrelation.Spearman(x, y), x.Length),
            "kendall_tau_b" => Statistics.RankCorrelation.Kendall(x, y),
            "kendall_p_asymptotic" => Statistics.RankCorrelation.KendallP(x, y),
            "kendall_p_exact" => Statistics.RankCorrelation.KendallExactP(x, y),
            "pearson_r" => Statistics.RankCorrelation.Pearson(x, y),
            _ => null,
        };
    }

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

    private static IReadOnlyList<int?> Values(JsonElement item) =>
        [.. item.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? (int?)null : value.GetInt32())];

    private static Dictionary<string, object?> NormalForm(Wilcoxon test, string member)
    {
        ZeroRule rule = member.Contains("pratt", StringComparison.Ordinal) ? ZeroRule.Pratt
            : member.Contains("zsplit", StringComparison.Ordinal) ? ZeroRule.Split
            : ZeroRule.Drop;
        (double statistic, double z, double p) = test.Normal(rule, member.EndsWith("_corrected", StringComparison.Ordinal));
        return new Dictionary<string, object?> { ["statistic"] = statistic, ["z"] = z, ["p"] = p };
    }
}
