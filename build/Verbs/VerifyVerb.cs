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
    /// <summary>The tables that a Verify names; Table1 where it names none.</summary>
    /// <exception cref="UserErrorException">There is no such table.</exception>
    public static IReadOnlyList<TablePlan> Tables(Session session)
    {
        string[] names = session.Invocation.Addresses.Count > 0 ? [.. session.Invocation.Addresses.Distinct()] : ["Table1"];
        return [.. names.Select(name => session.Plan.Tables.FirstOrDefault(table => table.Name == name)
            ?? throw new UserErrorException($"There is no table '{name}'.", "Verify", NearestName.Hint(name, [.. session.Plan.Tables.Select(table => table.Name)])))];
    }

    /// <summary>Verifies the named tables.</summary>
    public static async Task<ExitCode> RunAsync(Session session, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        bool accept = session.Invocation.Has("accept");
        IReadOnlyList<TablePlan> tables = Tables(session);
        TablePlan[] withLock = [.. tables.Where(table => File.Exists(TableFiles.LockOf(session, table)))];
        if (!accept)
        {
            // Said before the work, which cannot change it.
            foreach (TablePlan table in tables.Except(withLock))
            {
                await error.WriteLineAsync(
                    $"{table.Name}: there is no lock {TableFiles.Shown(session, TableFiles.LockOf(session, table))} to compare with; "
                    + $"--target={table.Name} --profile={session.Invocation.Profile} makes it.");
            }

            if (withLock.Length == 0)
            {
                return ExitCode.LockBroken;
            }
        }

        IReadOnlyList<TablePlan> subjects = accept ? tables : withLock;
        RunReport report = await session.Run([.. subjects.Select(table => table.Address)], output, cancellation).Report;
        cancellation.ThrowIfCancellationRequested();
        Summary.WriteTraffic(session.Shared, output, session.Invocation.Verbosity);
        if (!report.Succeeded)
        {
            Summary.WriteFailures(report, error, session.Invocation.Verbosity);
            return report.ExitCode;
        }

        bool holds = withLock.Length == tables.Count || accept;
        foreach (TablePlan table in subjects)
        {
            holds &= await TableFiles.With(session, report[table.Address], folder => JudgeAsync(session, table, folder, output, error));
        }

        return holds ? ExitCode.Done : ExitCode.LockBroken;
    }

    private static async Task<bool> JudgeAsync(Session session, TablePlan table, string folder, TextWriter output, TextWriter error)
    {
        string results = session.Workspace.Results(session.Invocation.Profile);
        string path = TableFiles.LockOf(session, table);
        LockComparison? comparison = File.Exists(path) ? ResultFiles.Compare(folder, results, table.Name) : null;
        bool accept = session.Invocation.Has("accept");
        if (accept && comparison?.Holds != true)
        {
            ResultFiles.Accept(folder, results, table.Name, session.Invocation.Reason!, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
            await output.WriteLineAsync($"{table.Name}: accepted; {TableFiles.Shown(session, path)} holds the new values{(comparison is null ? "" : " and the reason")}.");
            return true;
        }

        if (!comparison!.Holds)
        {
            await error.WriteLineAsync(comparison.Render().TrimEnd());
            await error.WriteLineAsync(TableFiles.Advice(session, table, comparison));
            return false;
        }

        await output.WriteLineAsync(comparison.Render().TrimEnd() + (accept ? "; there is nothing to accept" : ""));
        IReadOnlyList<string> stale = TableFiles.Stale(session, table, folder);
        foreach (string file in stale)
        {
            await error.WriteLineAsync($"{table.Name}: {file} is not what these targets make; {TableFiles.Advice(session, table, comparison)}");
        }

        return stale.Count == 0;
    }
}
