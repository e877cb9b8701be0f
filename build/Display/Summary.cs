using Cake.Core.Diagnostics;
using NaturalThoughts.Build.Cake;
using TaskStatus = NaturalThoughts.Build.Cake.TaskStatus;

namespace NaturalThoughts.Build.Display;

/// <summary>What stands at the end of a run: each task with its status, work time and reason; then the failures, each with its first error.</summary>
internal static class Summary
{
    /// <summary>Writes the table of tasks and the list of what failed or was blocked.</summary>
    public static void Write(
        IReadOnlyList<(string Task, TaskOutcome Outcome)> outcomes,
        TextWriter output,
        TextWriter error,
        Verbosity verbosity)
    {
        if (verbosity > Verbosity.Minimal || outcomes.Any(item => item.Outcome.Status is TaskStatus.Failed or TaskStatus.Blocked))
        {
            int width = Math.Max(4, outcomes.Max(item => item.Task.Length));
            output.WriteLine();
            output.WriteLine($"{"Task".PadRight(width)}  {"Status",-8} {"Work",12}  Why");
            foreach ((string task, TaskOutcome outcome) in outcomes)
            {
                string work = outcome.Duration == TimeSpan.Zero ? "" : Format.Duration(outcome.Duration);
                output.WriteLine($"{task.PadRight(width)}  {outcome.Status,-8} {work,12}  {outcome.Note}".TrimEnd());
            }
        }

        foreach ((string task, TaskOutcome outcome) in outcomes.Where(item => item.Outcome.Status is TaskStatus.Failed or TaskStatus.Blocked))
        {
            error.WriteLine($"{outcome.Status}: {task}: {outcome.Note}");
        }
    }
}
