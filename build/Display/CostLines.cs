using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Costs;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Build.Display;

/// <summary>What the cost model of the profile says of the targets that are no hit: a line per stage and one for all.</summary>
internal static class CostLines
{
    /// <summary>The lines; none where the profile has no model.</summary>
    public static IEnumerable<string> Of(CostModel? model, DeviceSettings? device, IReadOnlyList<Target> targets)
    {
        if (model is null || device is null || targets.Count == 0)
        {
            yield break;
        }

        yield return $"Predicted by the assumptions of the profile (docs/costs.md), on one {device.Name}:";
        TargetCost all = default;
        foreach (IGrouping<string, Target> stage in targets.GroupBy(target => target.StageName).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            TargetCost cost = stage.Aggregate(default(TargetCost), (sum, target) => sum + model.Of(target));
            all += cost;
            yield return $"  {stage.Key,-18} {Format.Many(stage.Count(), "target"),-14} {Words(cost)}";
        }

        yield return $"  {"all",-18} {Format.Many(targets.Count, "target"),-14} {Words(all)}";
    }

    /// <summary>The prediction for one target, in brackets.</summary>
    public static string Short(CostModel model, Target target)
    {
        TargetCost cost = model.Of(target);
        return string.Create(
            CultureInfo.InvariantCulture,
            $" [predicted {cost.DeviceSeconds + cost.ProcessorSeconds:0.000} s, {cost.Trained:0} tokens trained, {cost.Generated:0} generated]");
    }

    private static string Words(TargetCost cost) => string.Join(", ", new[]
    {
        (cost.Trained, $"{Rounded(cost.Trained)} tokens trained"),
        (cost.Generated, $"{Rounded(cost.Generated)} generated"),
        (cost.DeviceSeconds, $"{Hours(cost.DeviceSeconds)} of the device"),
        (cost.ProcessorSeconds, $"{Hours(cost.ProcessorSeconds)} of a processor"),
        (cost.Calls, $"{Rounded(cost.Calls)} calls"),
        (cost.Money, string.Create(CultureInfo.InvariantCulture, $"${cost.Money:#,0.00}")),
        (cost.Bytes, $"{Format.Bytes((long)cost.Bytes)} of disk"),
    }.Where(part => part.Item1 > 0).Select(part => part.Item2));

    private static string Hours(double seconds) => seconds < 3600
        ? Format.Estimate(TimeSpan.FromSeconds(seconds))
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:#,0.0} hours").Replace(',', ' ');

    // Three digits: more would say that more is known.
    private static string Rounded(double count)
    {
        double unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(1, count))) - 2));
        return Format.Count((long)(Math.Round(count / unit) * unit));
    }
}
