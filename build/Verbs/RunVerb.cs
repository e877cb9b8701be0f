using NaturalThoughts.Build.Cake;
using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Planning;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Reporting.Locks;
using TaskStatus = NaturalThoughts.Build.Cake.TaskStatus;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Makes a table, a cell or a target: one Cake task per cell, all of them fed by one run of the scheduler.</summary>
internal static class RunVerb
{
    /// <summary>Runs what is not cached, publishes the table, and says what became of each task.</summary>
    public static async Task<ExitCode> RunAsync(Session session, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        Invocation invocation = session.Invocation;
        IReadOnlyList<string> requested = Names.Resolve(session.Plan, invocation.Target!);
        if (invocation.Has("exclusive"))
        {
            RequireCachedInputs(session, requested);
        }

        PipelineRun run = session.Run(requested, output, cancellation);
        LockComparison? verdict = null;
        IReadOnlyList<UserError> overBudget = [];
        List<HostTask> tasks = [.. TaskGroups.Split(session.Graph.Closure(requested)).Select(group => new HostTask(
            group.Task,
            session.Plan.Describe(group.Task),
            [],
            async _ =>
            {
                TaskOutcome outcome = await run.OutcomeOfAsync(group.Addresses);
                if (session.Plan.Tables.FirstOrDefault(table => table.Name == group.Task) is { } table
                    && outcome.Status is TaskStatus.Ran or TaskStatus.Cached
                    && requested.Contains(table.Address))
                {
                    overBudget = await CheckBudgetAsync(session, table, run);
                    if (overBudget.Count > 0)
                    {
                        return new TaskOutcome(TaskStatus.Failed, "over the profile's budget", TimeSpan.Zero);
                    }

                    verdict = TableFiles.Publish(session, table, await run.ResultOfAsync(table.Address));
                }

                return outcome;
            }))];
        (List<HostTask> ordered, string last) = Order(tasks, invocation.Target!, requested);
        IReadOnlyList<(string Task, TaskOutcome Outcome)> outcomes = await CakeRunner.RunAsync(ordered, last, exclusive: false, invocation.Verbosity, cancellation);
        RunReport report = await run.Report;
        Write(outcomes, invocation, output, error);
        Totals(report, output);
        foreach (string warning in Warnings(report))
        {
            await output.WriteLineAsync("warning: " + warning);
        }

        if (!report.Succeeded)
        {
            foreach (TargetResult failed in report.With(TargetOutcome.Failed))
            {
                foreach (UserError item in failed.Errors)
                {
                    await error.WriteLineAsync($"failed: {failed.Address}: {item}");
                }

                if (failed.Details is not null && invocation.Verbosity >= global::Cake.Core.Diagnostics.Verbosity.Verbose)
                {
                    await error.WriteLineAsync(failed.Details);
                }
            }

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

        if (verdict is not null)
        {
            await output.WriteLineAsync(verdict.Render().TrimEnd());
            if (!verdict.Holds)
            {
                await error.WriteLineAsync(
                    $"The lock {invocation.Target}.lock.json was left as it is. Where the new values are right: ./build.sh --target=Verify {invocation.Target} "
                    + $"--profile={invocation.Profile} --accept --reason=\"...\"");
                return ExitCode.LockBroken;
            }
        }

        UpToDate.Keep(session.Workspace, invocation, session.Store, CachedPlan.Of(session.Graph, requested, report));
        return ExitCode.Done;
    }

    /// <summary>Says that nothing had to be done.</summary>
    public static async Task<ExitCode> ReplayAsync(
        CachedPlan plan, Invocation invocation, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        TaskOutcome cached = new(TaskStatus.Cached, "nothing that it is made of changed", TimeSpan.Zero);
        HostTask[] tasks = [.. TaskGroups.Split(plan.Targets.Select(target => target.Address))
            .Select(group => new HostTask(group.Task, "", [], _ => Task.FromResult(cached)))];
        (List<HostTask> ordered, string last) = Order([.. tasks], invocation.Target!, plan.Requested);
        Write(await CakeRunner.RunAsync(ordered, last, exclusive: false, invocation.Verbosity, cancellation), invocation, output, error);
        await output.WriteLineAsync($"Nothing to do: {plan.Targets.Count} targets, all cached.");
        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<UserError>> CheckBudgetAsync(Session session, TablePlan table, PipelineRun run)
    {
        List<(string Stage, StageResult Result)> runs = [];
        foreach (string address in session.Graph.Closure([table.Address]))
        {
            runs.Add((session.Graph[address].StageName, (await run.ResultOfAsync(address)).Record!.Result));
        }

        return session.Plan.Budget.Check(runs);
    }

    // Cake runs a task after those it depends on: the requested one comes last, all others before it in the plan's order.
    private static (List<HostTask> Tasks, string Last) Order(List<HostTask> tasks, string target, IReadOnlyList<string> requested)
    {
        string last = requested.Count == 1 ? TaskGroups.Of(requested[0]) : target;
        HostTask? own = tasks.Find(task => task.Name == last);
        tasks.RemoveAll(task => task == own);
        string[] before = [.. tasks.Select(task => task.Name)];
        tasks.Add(own is null
            ? new HostTask(last, "", before, _ => Task.FromResult(new TaskOutcome(TaskStatus.Cached, "all of the above", TimeSpan.Zero)))
            : own with { Dependencies = before });
        return (tasks, last);
    }

    private static void RequireCachedInputs(Session session, IReadOnlyList<string> requested)
    {
        HashSet<string> own = [.. requested];
        UserError[] missing = [.. new Explainer(session.Graph, session.Store, session.Keys, session.Code).Explain(requested)
            .Where(item => item.Verdict != RunVerdict.Hit && !own.Contains(item.Address))
            .Take(5)
            .Select(item => new UserError($"{item.Address} is not cached: {item.Reason}.", "--exclusive", "Run once without --exclusive."))];
        if (missing.Length > 0)
        {
            throw new UserErrorException(missing);
        }
    }

    private static void Write(IReadOnlyList<(string Task, TaskOutcome Outcome)> outcomes, Invocation invocation, TextWriter output, TextWriter error) =>
        Summary.Write(outcomes, output, error, invocation.Verbosity);

    private static void Totals(RunReport report, TextWriter output)
    {
        int ran = report.With(TargetOutcome.Ran).Count();
        int cached = report.With(TargetOutcome.Cached).Count();
        long trained = report.With(TargetOutcome.Ran).Sum(result => result.Record!.Result.Counts.GetValueOrDefault(StageResult.TrainedTokens));
        long generated = report.With(TargetOutcome.Ran).Sum(result => result.Record!.Result.Counts.GetValueOrDefault(StageResult.GeneratedTokens));
        output.WriteLine(
            $"{report.Results.Count} targets: {ran} ran, {cached} cached, {report.Results.Count - ran - cached} failed or blocked; "
            + $"{Format.Count(trained)} tokens trained, {Format.Count(generated)} generated.");
    }

    private static IEnumerable<string> Warnings(RunReport report) =>
        report.Results.Where(result => result.IsDone).SelectMany(result => result.Record!.Result.Warnings.Select(warning => $"{result.Address}: {warning}"));
}
