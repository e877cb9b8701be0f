using NaturalThoughts.Contracts;

namespace NaturalThoughts.Reporting.DifficultyProxies;

/// <summary>Which signals are tried, on whom.</summary>
public sealed record ProxySettings
{
    /// <summary>The signals; the others are compared with the first.</summary>
    public required IReadOnlyList<ProxySignal> Signals { get; init; }

    /// <summary>The rows whose errors the signals should predict; none of them is among the models of a signal.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The meta of a question that says its category.</summary>
    public string By { get; init; } = "category";

    /// <summary>All that is wrong with these settings.</summary>
    /// <param name="rows">The rows of the table.</param>
    public IReadOnlyList<UserError> Validate(IReadOnlyCollection<string> rows)
    {
        List<UserError> errors = [];
        if (Signals.Count == 0 || Targets.Count == 0)
        {
            errors.Add(new UserError("There is no signal or no target.", "proxies", "Give at least one of each."));
        }

        foreach (ProxySignal signal in Signals)
        {
            string place = $"proxies.signals.{signal.Name}";
            if (!ProxyKind.Known.Contains(signal.Kind, StringComparer.Ordinal))
            {
                errors.Add(new UserError($"There is no kind of signal '{signal.Kind}'.", place, NearestName.Hint(signal.Kind, ProxyKind.Known)));
                continue;
            }

            int models = signal.Models.Distinct(StringComparer.Ordinal).Count();
            if (models < ProxyKind.Least(signal.Kind) || models > ProxyKind.Most(signal.Kind) || models < signal.Models.Count)
            {
                errors.Add(new UserError(
                    FormattableString.Invariant($"The signal '{signal.Name}' names {signal.Models.Count} models."), place,
                    FormattableString.Invariant($"'{signal.Kind}' takes {ProxyKind.Least(signal.Kind)} to {ProxyKind.Most(signal.Kind)} different ones.")));
            }

            errors.AddRange(signal.Models.Intersect(Targets, StringComparer.Ordinal)
                .Select(model =>
                    new UserError($"'{model}' is a model of the signal '{signal.Name}' and a target.", place, "A signal is made of other models' answers.")));
        }

        errors.AddRange(Signals.SelectMany(signal => signal.Models).Concat(Targets).Distinct(StringComparer.Ordinal).Where(model => !rows.Contains(model))
            .Select(model => new UserError($"There is no row '{model}'.", "proxies", NearestName.Hint(model, rows))));
        errors.AddRange(
            Signals.GroupBy(signal => signal.Name, StringComparer.Ordinal).Where(group => group.Count() > 1 || group.Key == ProxyAnalysis.Combination)
            .Select(group => new UserError($"The signal '{group.Key}' has a name that is taken.", "proxies", "Give each its own.")));
        return errors;
    }
}
