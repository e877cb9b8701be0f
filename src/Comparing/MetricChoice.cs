using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Runs;

namespace NaturalThoughts.Comparing;

/// <summary>The metric by which each run is taken.</summary>
/// <param name="Places">Per run its place among the metrics of the task.</param>
/// <param name="Notes">What else there was, and whether runs differ in it.</param>
internal sealed record MetricChoice(int[] Places, IReadOnlyList<string> Notes)
{
    /// <summary>The metric that the user named, else the first that all runs have, else each run's own first; null where a run has none.</summary>
    public static MetricChoice? Of(IReadOnlyList<RecordedRun> runs, RunTask[] tasks, string? wanted, List<UserError> errors)
    {
        int before = errors.Count;
        for (int k = 0; k < tasks.Length; k++)
        {
            if (tasks[k].Metrics.Count == 0)
            {
                errors.Add(new UserError(
                    $"No answer of {runs[k].Label} has a verdict that is a share from 0 to 1.",
                    tasks[k].Name,
                    "Score the run with its own program, or name the field of the verdict: --map=correct=FIELD."));
            }
            else if (wanted is not null && !tasks[k].Metrics.Contains(wanted))
            {
                errors.Add(new UserError(
                    $"{runs[k].Label} has no metric '{Quoted.Of(wanted)}'.",
                    tasks[k].Name,
                    $"It has {Quoted.List([.. tasks[k].Metrics])}."));
            }
        }

        if (errors.Count > before)
        {
            return null;
        }

        string? common = wanted ?? tasks[0].Metrics.FirstOrDefault(metric => tasks.All(task => task.Metrics.Contains(metric)));
        int[] places = [.. tasks.Select(task => common is null ? 0 : task.Metrics.ToList().IndexOf(common))];
        List<string> notes = [];
        if (common is null)
        {
            notes.Add(
                $"The runs are graded by different rules: {string.Join(", ", tasks.Select((task, k) => $"{task.Metrics[0]} in {runs[k].Label}"))}. A "
                + "difference may be one of the rules.");
        }

        string[] others = wanted is not null
            ? []
            : [.. tasks.SelectMany((task, k) => task.Metrics.Where((_, place) => place != places[k])).Distinct().Order(StringComparer.Ordinal)];
        if (others.Length > 0)
        {
            notes.Add($"Verdicts by other metrics are there, too: {Quoted.List(others)}. --metric takes one of them.");
        }

        return new MetricChoice(places, notes);
    }
}
