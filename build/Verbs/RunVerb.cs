using Cake.Core.Diagnostics;
using NaturalThoughts.Build.Cake;
using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Results;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Planning;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Reporting.Locks;
using TaskStatus = NaturalThoughts.Build.Cake.TaskStatus;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Makes a table, a cell or a target by one run of the scheduler, and ends it as one Cake task per cell.</summary>
internal static class RunVerb
{
    // Of what is missing for --exclusive.
    private const int Shown = 3;

    /// <summary>Runs what is not cached, publishes the table, and says what became of each task.</summary>
    public static async Task<ExitCode> RunAsync(Command command)
    {
        (Invocation invocation, TextWriter output, TextWriter error, CancellationToken cancellation) = command;
        if (UpToDate.Find(command.Workspace, invocation) is { } known)
        {
            return await ReplayAsync(command, known);
        }

        await using Session session = await Session.OpenAsync(command);
        IReadOnlyList<string> requested = Names.Resolve(session.Plan, invocation.Target!);
        if (invocation.Has("exclusive"))
        {
            RequireCachedInputs(session, requested);
        }

        RunReport report = await session.RunAsync(requested);
        TablePlan? table = session.Plan.Tables.FirstOrDefault(table => requested.Contains(table.Address));
        Publication? published = null;
        IReadOnlyList<UserError> overBudget = [];
        List<HostTask> tasks = [.. TaskGroups.Split(session.Graph.Closure(requested))
            .Select(group => new HostTask(group.Task, session.Plan.Describe(group.Task), [], () => End(group.Task, group.Addresses)))];
        (List<HostTask> ordered, string last) = Order(tasks, invocation.Target!, requested, () => TaskOutcome.Of(report, requested));
        IReadOnlyList<(string Task, TaskOutcome Outcome)> outcomes = await CakeRunner.RunAsync(ordered, last, invocation.Has("exclusive"), cancellation);
        Summary.Write(outcomes, output, invocation.Verbosity);
        Summary.WriteTotals(report, output, invocation.Verbosity);
        Summary.WriteCalls(report, output, invocation.Verbosity);
        Summary.WriteTraffic(session.Shared, output, invocation.Verbosity);
        if (!report.Succeeded)
        {
            Summary.WriteFailures(report, error, invocation.Verbosity);
            return report.ExitCode;
        }

        if (overBudget.Count > 0)
        {
            foreach (UserError item in overBudget)
            {
                await error.WriteLineAsync($"failed: {invocation.Target} was not published: {item}");
            }

            return ExitCode.TargetFailed;
        }

        if (published is not null && !await WriteVerdictAsync(session, published, output, error))
        {
            return ExitCode.LockBroken;
        }

        UpToDate.Keep(session.Workspace, invocation, session.Store, session.Graph, report.ToPlan(session.Graph, requested));
        return ExitCode.Done;

        // The task of the requested table publishes it.
        TaskOutcome End(string task, IReadOnlyList<string> addresses)
        {
            TaskOutcome outcome = TaskOutcome.Of(report, addresses);
            if (task != table?.Name || outcome.Status is TaskStatus.Failed or TaskStatus.Blocked)
            {
                return outcome;
            }

            Dictionary<string, RunRecord> records = session.Graph.Closure([table.Address])
                .ToDictionary(address => address, address => report[address].Record!, StringComparer.Ordinal);
            overBudget = BudgetCheck.OfRuns(session, table, records);
            if (overBudget.Count > 0)
            {
                return new TaskOutcome(TaskStatus.Failed, "over the profile's budget", TimeSpan.Zero);
            }

            published = TableFiles.Publish(session, table, address => records[address]);
            return outcome;
        }
    }

    // Nothing had to be done.
    private static async Task<ExitCode> ReplayAsync(Command command, CachedPlan plan)
    {
        (Invocation invocation, TextWriter output, _, CancellationToken cancellation) = command;
        TaskOutcome cached = new(TaskStatus.Cached, "nothing that it is made of changed", TimeSpan.Zero);
        List<HostTask> tasks = [.. TaskGroups.Split(plan.Targets.Select(target => target.Address))
            .Select(group => new HostTask(group.Task, "", [], () => cached))];
        (List<HostTask> ordered, string last) = Order(tasks, invocation.Target!, plan.Requested, () => cached);
        Summary.Write(await CakeRunner.RunAsync(ordered, last, invocation.Has("exclusive"), cancellation), output, invocation.Verbosity);
        if (invocation.Verbosity >= Verbosity.Minimal)
        {
            string page = Path.Combine(command.Workspace.Results(invocation.Profile), last + ".md");
            await output.WriteLineAsync(
                $"Nothing to do: {Format.Many(plan.Targets.Count, "target")}, all "
                + $"cached{(File.Exists(page) ? $"; the table is {Path.GetRelativePath(command.Workspace.Root, page)}" : "")}.");
        }

        return ExitCode.Done;
    }

    private static async Task<bool> WriteVerdictAsync(Session session, Publication published, TextWriter output, TextWriter error)
    {
        (TablePlan table, LockComparison comparison, bool isFirst, IReadOnlyList<string> rewritten) = published;
        string path = TableFiles.Shown(session, TableFiles.LockOf(session, table));
        if (!comparison.Holds)
        {
            await error.WriteLineAsync(comparison.Render().TrimEnd());
            await error.WriteLineAsync($"The lock {path} was left as it is. {TableFiles.Advice(session, table, comparison)}");
            return false;
        }

        if (session.Invocation.Verbosity >= Verbosity.Minimal)
        {
            foreach (string file in rewritten)
            {
                await output.WriteLineAsync($"{table.Name}: {file} was not what these targets make; it was written anew");
            }

            await output.WriteLineAsync(isFirst
                ? $"{table.Name}: there was no lock; {path} now holds these values ({Format.Many(comparison.Cells.Count, "cell")})"
                : comparison.Render().TrimEnd());
            await output.WriteLineAsync(
                $"{table.Name}: the table is "
                + $"{TableFiles.Shown(session, Path.Combine(session.Workspace.Results(session.Invocation.Profile), table.Name + ".md"))}");
        }

        return true;
    }

    // Cake runs a task after those it depends on: the requested one comes last, all others before it in the plan's order. A name that is
    // no task of its own, such as one seed of a cell, becomes one.
    private static (List<HostTask> Tasks, string Last) Order(
        List<HostTask> tasks, string target, IReadOnlyList<string> requested, Func<TaskOutcome> outcome)
    {
        string last = requested.Count == 1 ? TaskGroups.Of(requested[0]) : target;
        HostTask own = tasks.Find(task => task.Name == last) ?? new HostTask(last, "", [], outcome);
        tasks.RemoveAll(task => task == own);
        string[] before = [.. tasks.Select(task => task.Name)];
        tasks.Add(own with { Dependencies = before });
        return (tasks, last);
    }

    private static void RequireCachedInputs(Session session, IReadOnlyList<string> requested)
    {
        HashSet<string> own = [.. requested];
        UserError[] missing = [.. session.Explainer().Explain(requested)
            .Where(item => item.Verdict != RunVerdict.Hit && !own.Contains(item.Address))
            .Select(item => new UserError($"{item.Address} is not cached: {item.Reason}.", "--exclusive", "Run once without --exclusive."))];
        if (missing.Length > Shown)
        {
            missing = [.. missing.Take(Shown), new UserError($"{missing.Length - Shown} more are not cached.", "--exclusive", "--dryrun lists them.")];
        }

        if (missing.Length > 0)
        {
            throw new UserErrorException(missing);
        }
    }
}
