using NaturalThoughts.Contracts;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.DifficultyProxies;

/// <summary>Computes all rows of a table of proxies.</summary>
internal sealed class ProxyAnalysis
{
    /// <summary>The name of all signals together.</summary>
    public const string Combination = "Combination";

    private readonly ProxyData _data;
    private readonly ProxySettings _settings;
    private readonly string[] _signals;
    private readonly int[] _all;
    private readonly int[] _groups;

    // [signal][target]
    private readonly double[][][] _values;

    private ProxyAnalysis(ProxyData data, ProxySettings settings)
    {
        (_data, _settings) = (data, settings);
        _all = [.. Enumerable.Range(0, data.Count)];
        _groups =
        [
            .. Enumerable.Range(0, data.Groups.Count)
                .Where(g => settings.Targets.All(target => ModelChoices.HasBoth(data.Members[g], data.Models[target].IsWrong))),
        ];
        double[][] single = [.. settings.Signals.Select(signal => SignalValues.Of(data, signal.Kind, signal.Models))];
        double[][] together = [.. settings.Targets.Select(target => CellCombination.HeldOut(data, single, data.Models[target].IsWrong))];
        _values = [.. single.Select(values => settings.Targets.Select(_ => values).ToArray()), together];
        _signals = [.. settings.Signals.Select(signal => signal.Name), Combination];
    }

    /// <summary>The rows, kind by kind, with Holm's correction over the tests of each kind.</summary>
    /// <exception cref="UserErrorException">There is no category with right and wrong answers of every target.</exception>
    public static List<ProxyRow> Of(ProxyData data, ProxySettings settings, CancellationToken cancellation)
    {
        ProxyAnalysis analysis = new(data, settings);
        if (analysis._groups.Length < 2)
        {
            throw new UserErrorException(
                "Fewer than two categories have two right and two wrong answers of every target.", "proxies", "Take more questions, or other targets.");
        }

        List<ProxyRow> rows = [.. analysis.Areas(), .. analysis.Thresholds()];
        foreach (ProxySignal signal in settings.Signals)
        {
            rows.AddRange(ModelChoices.Of(data, signal, cancellation));
        }

        return [.. rows.GroupBy(row => row.Kind, StringComparer.Ordinal).SelectMany(kind => Corrected([.. kind]))];
    }

    private IEnumerable<ProxyRow> Areas()
    {
        (QuestionEstimate Area, QuestionEstimate Tau)? firstAll = null, firstWithin = null;
        for (int s = 0; s < _signals.Length; s++)
        {
            int signal = s;
            (QuestionEstimate Area, QuestionEstimate Tau)[] groups = [.. _groups.Select(g => Mean(signal, _data.Members[g]))];
            (QuestionEstimate Area, QuestionEstimate Tau) all = Mean(s, _all), within = Mean(groups);
            foreach (ProxyRow row in ByTarget(ProxyRowKind.All, s, "", _all).Append(Row(ProxyRowKind.All, s, ProxyRow.Mean, "", _all, all)))
            {
                yield return row;
            }

            yield return Row(ProxyRowKind.Within, s, ProxyRow.Mean, "", _all, within);
            for (int k = 0; k < groups.Length; k++)
            {
                string category = _data.Groups[_groups[k]];
                int[] members = _data.Members[_groups[k]];
                foreach (ProxyRow row in ByTarget(ProxyRowKind.Category, s, category, members))
                {
                    yield return row;
                }

                yield return Tested(Row(ProxyRowKind.Category, s, ProxyRow.Mean, category, members, groups[k]), 0.5);
                (QuestionEstimate rest, _) = Mean([.. groups.Where((_, other) => other != k)]);
                yield return Tested(Row(ProxyRowKind.AgainstRest, s, ProxyRow.Mean, category, members, (groups[k].Area.Minus(rest), null)), 0);
            }

            yield return Between(s, [.. groups.Select(group => group.Area.Clustered())]);
            if (firstAll is { } firstOfAll && firstWithin is { } firstOfWithin)
            {
                yield return Tested(Row(ProxyRowKind.AgainstFirst, s, ProxyRow.Mean, ProxyRowKind.All, _all, (all.Area.Minus(firstOfAll.Area), null)), 0);
                yield return Tested(
                    Row(ProxyRowKind.AgainstFirst, s, ProxyRow.Mean, ProxyRowKind.Within, _all, (within.Area.Minus(firstOfWithin.Area), null)), 0);
            }

            (firstAll, firstWithin) = (firstAll ?? all, firstWithin ?? within);
        }
    }

    // What is fitted on the other categories, and what would have been fitted on this one.
    private IEnumerable<ProxyRow> Thresholds()
    {
        for (int s = 0; s < _settings.Signals.Count; s++)
        {
            foreach (int g in _groups)
            {
                int[] members = _data.Members[g], others = [.. _all.Where(q => _data.GroupOf[q] != g)];
                foreach ((string kind, int[] fitted) in new[] { (ProxyRowKind.HeldOut, others), (ProxyRowKind.OwnThreshold, members) })
                {
                    QuestionEstimate[] accuracies = [.. _settings.Targets.Select((target, t) =>
                    {
                        bool[] isWrong = _data.Models[target].IsWrong;
                        return QuestionEstimate.Of(FittedThreshold.Fit(_values[s][t], isWrong, fitted).Apply(_values[s][t]), isWrong, members).Area;
                    })];
                    yield return Row(kind, s, ProxyRow.Mean, _data.Groups[g], members, (QuestionEstimate.Mean(accuracies), null));
                }
            }
        }
    }

    private IEnumerable<ProxyRow> ByTarget(string kind, int signal, string category, int[] members) =>
        _settings.Targets.Select((target, t) =>
            Row(kind, signal, target, category, members, QuestionEstimate.Of(_values[signal][t], _data.Models[target].IsWrong, members)));

    private (QuestionEstimate Area, QuestionEstimate Tau) Mean(int signal, int[] members) =>
        Mean([.. _settings.Targets.Select((target, t) => QuestionEstimate.Of(_values[signal][t], _data.Models[target].IsWrong, members))]);

    private static (QuestionEstimate Area, QuestionEstimate Tau) Mean((QuestionEstimate Area, QuestionEstimate Tau)[] all) =>
        (QuestionEstimate.Mean([.. all.Select(one => one.Area)]), QuestionEstimate.Mean([.. all.Select(one => one.Tau)]));

    private ProxyRow Row(string kind, int signal, string target, string category, int[] members, (QuestionEstimate Area, QuestionEstimate? Tau) estimate)
    {
        IEnumerable<string> targets = target == ProxyRow.Mean ? _settings.Targets : [target];
        return new ProxyRow(kind, _signals[signal], target, category, estimate.Area.Clustered())
        {
            Questions = members.Length,
            Wrong = targets.Sum(model => members.Count(q => _data.Models[model].IsWrong[q])),
            Tau = estimate.Tau?.Clustered(),
        };
    }

    private static ProxyRow Tested(ProxyRow row, double expected) => row with { P = row.Estimate.P(expected) };

    // Cochran's Q and the method of moments of DerSimonian and Laird (1986).
    private ProxyRow Between(int signal, ClusteredEstimate[] groups)
    {
        double[] weights = [.. groups.Select(group => 1 / (group.StandardError * group.StandardError))];
        double sum = weights.Sum(), mean = groups.Zip(weights, (group, weight) => group.Value * weight).Sum() / sum;
        double q = groups.Zip(weights, (group, weight) => weight * (group.Value - mean) * (group.Value - mean)).Sum();
        double variance = (q - (groups.Length - 1)) / (sum - (weights.Sum(weight => weight * weight) / sum));
        return new ProxyRow(ProxyRowKind.Between, _signals[signal], ProxyRow.Mean, "", new ClusteredEstimate(Math.Sqrt(Math.Max(0, variance)), double.NaN))
        {
            Questions = _all.Length,
            P = double.IsFinite(q) ? ChiSquare.Sf(q, groups.Length - 1) : null,
        };
    }

    private static IEnumerable<ProxyRow> Corrected(ProxyRow[] rows)
    {
        int[] tested = [.. Enumerable.Range(0, rows.Length).Where(i => rows[i].P is not null)];
        double[] adjusted = MultipleTesting.Holm([.. tested.Select(i => rows[i].P!.Value)]);
        for (int k = 0; k < tested.Length; k++)
        {
            rows[tested[k]] = rows[tested[k]] with { HolmP = adjusted[k] };
        }

        return rows;
    }
}
