using Cake.Core.Diagnostics;
using NaturalThoughts.Build.Cake;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Sharing;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Build.Display;

/// <summary>What is at the end of a run: each task with its status, work time and reason; totals and warnings; each failure once.</summary>
internal static class Summary
{
    /// <summary>Writes the table of tasks.</summary>
    public static void Write(IReadOnlyList<(string Task, TaskOutcome Outcome)> outcomes, TextWriter output, Verbosity verbosity)
    {
        if (verbosity < Verbosity.Normal)
        {
            return;
        }

        int width = Math.Max(4, outcomes.Max(item => item.Task.Length));
        output.WriteLine();
        output.WriteLine($"{"Task".PadRight(width)}  {"Status",-8} {"Work",12}  Why");
        foreach ((string task, TaskOutcome outcome) in outcomes)
        {
            string work = outcome.Duration == TimeSpan.Zero ? "" : Format.Duration(outcome.Duration);
            output.WriteLine($"{task.PadRight(width)}  {outcome.Status,-8} {work,12}  {outcome.Note}".TrimEnd());
        }
    }

    /// <summary>Writes how many targets ended how, what they cost, and what they warn of.</summary>
    public static void WriteTotals(RunReport report, TextWriter output, Verbosity verbosity)
    {
        if (verbosity < Verbosity.Minimal)
        {
            return;
        }

        int failed = report.With(TargetOutcome.Failed).Count();
        int blocked = report.With(TargetOutcome.Blocked).Count();
        output.WriteLine(
            $"{Format.Many(report.Results.Count, "target")}: {report.With(TargetOutcome.Ran).Count()} ran, {report.With(TargetOutcome.Cached).Count()} cached"
            + (failed > 0 ? $", {failed} failed, {blocked} blocked" : "")
            + $"; {Format.Many(Tokens(StageResult.TrainedTokens), "token")} trained, {Format.Count(Tokens(StageResult.GeneratedTokens))} generated.");
        foreach (TargetResult result in report.Results.Where(result => result.IsDone))
        {
            foreach (string warning in result.Record!.Result.Warnings)
            {
                output.WriteLine($"warning: {result.Address}: {warning}");
            }
        }

        long Tokens(string count) => report.With(TargetOutcome.Ran).Sum(result => result.Record!.Result.Counts.GetValueOrDefault(count));
    }

    /// <summary>Writes what was called and what it cost, where a target that ran calls remote models.</summary>
    public static void WriteCalls(RunReport report, TextWriter output, Verbosity verbosity)
    {
        RunRecord[] called = [.. report.With(TargetOutcome.Ran).Select(result => result.Record!).Where(record => record.Result.Measured.ContainsKey("calls"))];
        if (called.Length == 0 || verbosity < Verbosity.Minimal)
        {
            return;
        }

        double Sum(string name) => called.Sum(record => record.Result.Measured.GetValueOrDefault(name));
        double faults = called.Sum(record =>
            record.Result.Measured.Where(value => value.Key.StartsWith("fault", StringComparison.Ordinal)).Sum(value => value.Value));
        output.WriteLine(
            $"Calls of models: {Format.Count((long)Sum("calls"))} answered, {Format.Count((long)Sum("callsFound"))} kept before, "
            + $"{Format.Count((long)Sum("callsUnanswered"))} without an answer, "
            + $"{Format.Count((long)faults)} attempts failed and were repeated or given up; "
            + FormattableString.Invariant(
                $"{Format.Many((long)Sum("promptTokens"), "token")} sent, {Format.Count((long)Sum("replyTokens"))} received, cost {Sum("cost"):0.####}."));
    }

    /// <summary>Writes what went through the shared cache.</summary>
    public static void WriteTraffic(SharedCache? shared, TextWriter output, Verbosity verbosity)
    {
        if (shared is null || verbosity < Verbosity.Minimal)
        {
            return;
        }

        SharedTraffic t = shared.Traffic;
        output.WriteLine(
            $"Shared cache {shared.Name}: took {Format.Many(t.TakenRecords, "target")} ({Format.Many(t.TakenObjects, "file")}, {Format.Bytes(t.TakenBytes)}), "
            + $"gave {Format.Many(t.GivenRecords, "target")} ({Format.Many(t.GivenObjects, "file")}, {Format.Bytes(t.GivenBytes)}).");
    }

    /// <summary>Writes each failed target with its errors, and how much did not run because of them.</summary>
    public static void WriteFailures(RunReport report, TextWriter error, Verbosity verbosity)
    {
        foreach (TargetResult failed in report.With(TargetOutcome.Failed))
        {
            foreach (UserError item in failed.Errors)
            {
                error.WriteLine($"failed: {failed.Address}: {item}");
            }

            if (failed.Details is not null && verbosity >= Verbosity.Verbose)
            {
                error.WriteLine(failed.Details);
            }
        }

        if (report.With(TargetOutcome.Blocked).Count() is > 0 and int blocked)
        {
            error.WriteLine($"{Format.Many(blocked, "target")} did not run, because of what failed. The same command tries again; what is done stays.");
        }
    }
}
