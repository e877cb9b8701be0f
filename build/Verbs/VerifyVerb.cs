using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Recomputes tables, from the store where it can, and compares them with their locks. Writes nothing unless the new values are accepted.</summary>
internal static class VerifyVerb
{
    /// <summary>Verifies the named tables; Table1 where none is named.</summary>
    public static async Task<ExitCode> RunAsync(Session session, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        string[] names = session.Invocation.Addresses.Count > 0 ? [.. session.Invocation.Addresses] : ["Table1"];
        TablePlan[] tables = [.. names.Select(name => session.Plan.Tables.FirstOrDefault(table => table.Name == name)
            ?? throw new UserErrorException($"There is no table '{name}'.", "Verify", NearestName.Hint(name, [.. session.Plan.Tables.Select(table => table.Name)])))];
        PipelineRun run = session.Run([.. tables.Select(table => table.Address)], output, cancellation);
        RunReport report = await run.Report;
        if (!report.Succeeded)
        {
            foreach (TargetResult failed in report.With(TargetOutcome.Failed))
            {
                await error.WriteLineAsync($"failed: {failed.Address}: {failed.Errors.FirstOrDefault()}");
            }

            return report.ExitCode;
        }

        bool holds = true;
        foreach (TablePlan table in tables)
        {
            string results = session.Workspace.Results(session.Invocation.Profile);
            string path = Path.Combine(results, table.Name + ".lock.json");
            if (session.Invocation.Has("accept"))
            {
                TableFiles.With(session, report[table.Address], folder =>
                {
                    ResultFiles.Accept(folder, results, table.Name, session.Invocation.Reason!, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
                    return true;
                });
                await output.WriteLineAsync($"{table.Name}: accepted; {Path.GetRelativePath(session.Workspace.Root, path)} holds the new values and the reason.");
            }
            else if (!File.Exists(path))
            {
                await error.WriteLineAsync($"{table.Name}: missing: there is no lock {Path.GetRelativePath(session.Workspace.Root, path)}; --target={table.Name} makes it.");
                holds = false;
            }
            else
            {
                LockComparison comparison = TableFiles.With(session, report[table.Address], folder => ResultFiles.Compare(folder, results, table.Name));
                await output.WriteLineAsync(comparison.Render().TrimEnd());
                holds &= comparison.Holds;
            }
        }

        return holds ? ExitCode.Done : ExitCode.LockBroken;
    }
}
