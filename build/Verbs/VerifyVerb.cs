using Cake.Core.Diagnostics;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Results;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Build.Verbs;

/// <summary>
/// Recomputes tables or cells, from the store where it can, and compares them with their locks. Writes nothing unless the new values are
/// accepted.
/// </summary>
internal static class VerifyVerb
{
    /// <summary>Verifies what the command line names: a folder from its own files, all from scratch, targets executed again, or values against locks.</summary>
    public static Task<ExitCode> RunAsync(Command command) =>
        OfflineVerify.IsAsked(command.Invocation) ? OfflineVerify.RunAsync(command.Invocation, command.Output, command.Error, command.Cancellation)
        : command.Invocation.Has("from-scratch") ? ScratchStore.WithAsync(command.Workspace, scratch => VerifyAsync(command with { Workspace = scratch }))
        : VerifyAsync(command);

    private static async Task<ExitCode> VerifyAsync(Command command)
    {
        (_, TextWriter output, TextWriter error, CancellationToken cancellation) = command;
        await using Session session = await Session.OpenAsync(command);
        if (session.Invocation.Recheck is { } count)
        {
            return await RecheckVerb.RunAsync(session, count, output, error, cancellation);
        }

        bool accept = session.Invocation.Has("accept");
        IReadOnlyList<VerifySubject> all = VerifySubject.All(session);
        if (accept && all.FirstOrDefault(subject => subject.Cell is not null) is { } part)
        {
            throw new UserErrorException(
                $"A lock is accepted as a whole, not the cell '{part.Name}' alone.", "--accept",
                $"Write --target=Verify {part.Table.Name} --accept --reason=TEXT.");
        }

        if (all.Count == 0)
        {
            throw new UserErrorException(
                $"The profile '{session.Invocation.Profile}' has no locked table to report on.", "Verify Report", "Make a table first.");
        }

        VerifySubject[] withLock = [.. all.Where(subject => File.Exists(TableFiles.LockOf(session, subject.Table)))];
        bool withReport = session.Invocation.Addresses.Contains(nameof(VerbName.Report));
        if (!accept)
        {
            // Said before the work, which cannot change it.
            foreach (VerifySubject subject in all.Except(withLock))
            {
                await error.WriteLineAsync(
                    $"{subject.Name}: there is no lock {TableFiles.Shown(session, TableFiles.LockOf(session, subject.Table))} to compare with; "
                    + $"--target={subject.Table.Name} --profile={session.Invocation.Profile} makes it.");
            }

            if (withLock.Length == 0)
            {
                return ExitCode.LockBroken;
            }
        }

        IReadOnlyList<VerifySubject> subjects = accept ? all : withLock;
        RunReport report = await session.RunAsync([.. subjects.SelectMany(subject => subject.Targets(session)).Distinct()]);
        Summary.WriteTraffic(session.Shared, output, session.Invocation.Verbosity);
        if (!report.Succeeded)
        {
            Summary.WriteFailures(report, error, session.Invocation.Verbosity);
            return report.ExitCode;
        }

        bool holds = withLock.Length == all.Count || accept;
        RunRecord RecordOf(string address) => report[address].Record!;
        foreach (VerifySubject subject in subjects)
        {
            holds &= subject.Cell is null
                ? await TableFiles.With(
                    session, RecordOf(subject.Table.Address),
                    folder => JudgeAsync(session, subject, TableFiles.Result(session, subject.Table, folder, RecordOf), output, error))
                : await JudgeCellAsync(session, subject, RecordOf, output, error);
        }

        // A report of other values is another report: there is nothing to say of it then.
        holds = holds && (!withReport || await JudgeReportAsync(session, output, error));
        return holds ? ExitCode.Done : ExitCode.LockBroken;
    }

    private static async Task<bool> JudgeReportAsync(Session session, TextWriter output, TextWriter error)
    {
        string path = ReportLock.PathOf(session), shown = TableFiles.Shown(session, path), made = ReportLock.Make(session);
        bool accept = session.Invocation.Has("accept");
        if (!File.Exists(path) && !accept)
        {
            await error.WriteLineAsync($"Report: there is no lock {shown} to compare with; --accept --reason=TEXT writes it.");
            return false;
        }

        IReadOnlyList<string> differences = File.Exists(path) ? ReportLock.Differences(TextFiles.ReadStrict(path), made) : ["there was none"];
        if (accept && differences.Count > 0)
        {
            await File.WriteAllTextAsync(
                path, ReportLock.Text(made, session.Invocation.Reason!, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)));
            await output.WriteLineAsync($"Report: accepted; {shown} holds the new digests and the reason.");
            return true;
        }

        if (differences.Count == 0)
        {
            await output.WriteLineAsync($"Report: the lock holds ({made.Count(letter => letter == '\n')} files)");
            return true;
        }

        await error.WriteLineAsync(
            $"Report: {differences.Count} of its files are not those of {shown}, first {differences[0]}. Every value of the tables is locked; "
            + $"where the report is right: ./build.sh --target=Verify Report --profile={session.Invocation.Profile} --accept --reason=\"why it is\"");
        return false;
    }

    private static async Task<bool> JudgeAsync(Session session, VerifySubject subject, TableResult result, TextWriter output, TextWriter error)
    {
        string results = session.Workspace.Results(session.Invocation.Profile);
        string path = TableFiles.LockOf(session, subject.Table);
        LockComparison? comparison = File.Exists(path) ? ResultFiles.Compare(result, results) : null;
        bool accept = session.Invocation.Has("accept") && subject.IsNamed;
        if (accept && comparison?.Holds != true)
        {
            ResultFiles.Accept(result, results, session.Invocation.Reason!, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
            await output.WriteLineAsync(
                $"{subject.Name}: accepted; {TableFiles.Shown(session, path)} holds the new values{(comparison is null ? "" : " and the reason")}.");
            return true;
        }

        if (!await SayAsync(session, subject, comparison!, accept ? "; there is nothing to accept" : "", output, error))
        {
            return false;
        }

        // What is consistent with the lock is not what is beside it.
        IReadOnlyList<string> stale = comparison!.IsConsistent ? [] : TableFiles.Stale(session, subject.Table, result.Folder);
        foreach (string file in stale)
        {
            await error.WriteLineAsync($"{subject.Name}: {file} is not what these targets make; {TableFiles.Advice(session, subject.Table, comparison!)}");
        }

        return stale.Count == 0;
    }

    private static Task<bool> JudgeCellAsync(Session session, VerifySubject subject, Func<string, RunRecord> recordOf, TextWriter output, TextWriter error)
    {
        Dictionary<(string, int), string> files = [];
        foreach (((string, int) key, string address) in subject.Grades(session))
        {
            files[key] = session.Store.Find(recordOf(address).Outputs[GradeStage.Output])
                ?? throw new InvalidOperationException($"The grades of {address} vanished from the store during the run.");
        }

        CellGrades grades = new(subject.Table.Name, subject.Cell!, subject.Seeds, files)
        {
            Probe = new TableCells(session.Graph[subject.Table.Address]).Probe,
            Provenance = files.Count == 0 ? null : new ProvenanceBuilder(session, recordOf)
                .Of(subject.Table, new Dictionary<string, IReadOnlyList<int>> { [subject.Cell!] = subject.Seeds }),
            Questions = new QuestionIds(session.Store).Find,
        };
        LockComparison comparison = grades.Compare(session.Workspace.Results(session.Invocation.Profile));
        return SayAsync(session, subject, comparison, "", output, error);
    }

    private static async Task<bool> SayAsync(
        Session session, VerifySubject subject, LockComparison comparison, string note, TextWriter output, TextWriter error)
    {
        bool everyCell = subject.Cell is not null || session.Invocation.Verbosity >= Verbosity.Verbose;
        string text = comparison.Render(everyCell).TrimEnd() + note;
        await (comparison.Holds ? output : error).WriteLineAsync(text);
        if (!comparison.Holds)
        {
            await error.WriteLineAsync(TableFiles.Advice(session, subject.Table, comparison));
        }

        return comparison.Holds;
    }
}
