using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Results;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Selection;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Makes a target, where it is not cached, and writes its files into a folder: a student or a training set as other programs load it.</summary>
internal static class ExportVerb
{
    /// <summary>The value of --format that writes a training set as a dataset.</summary>
    public const string Dataset = "dataset";

    /// <summary>The value of --format that writes a cell's answers as logs of Inspect.</summary>
    public const string Inspect = "inspect";

    /// <summary>The value of --format that writes a cell's answers as samples of lm-evaluation-harness.</summary>
    public const string LmEval = "lm-eval";

    /// <summary>Runs the one address that the command line names.</summary>
    /// <exception cref="UserErrorException">The address names no target or several students, or the folder is there already.</exception>
    public static async Task<ExitCode> RunAsync(Command command)
    {
        (_, TextWriter output, TextWriter error, CancellationToken cancellation) = command;
        await using Session session = await Session.OpenAsync(command);
        if (session.Invocation.Format == Dataset)
        {
            return await RunDatasetAsync(session, output, error);
        }

        if (session.Invocation.Format == CertificateExport.Format)
        {
            return await CertificateExport.RunAsync(session, output, error);
        }

        if (session.Invocation.Format is Inspect or LmEval)
        {
            return await RunAnswersAsync(session, output, error, cancellation);
        }

        string target = StudentTarget.Of(session, "Export", "--target=Export base --to=FOLDER");
        using NewFolder folder = new(session.Invocation.To!);
        RunReport report = await session.RunAsync([target]);
        if (!report.Succeeded)
        {
            Summary.WriteFailures(report, error, session.Invocation.Verbosity);
            return report.ExitCode;
        }

        int files = StudentTarget.Restore(session, report[target].Record!, folder.PathOf);
        long bytes = folder.Keep();
        await output.WriteLineAsync($"{target}: {Format.Many(files, "file")}, {Format.Bytes(bytes)}, in {folder.FullName}");
        return ExitCode.Done;
    }

    private static async Task<ExitCode> RunDatasetAsync(Session session, TextWriter output, TextWriter error)
    {
        string address = session.Invocation.Addresses.Count == 1
            ? session.Invocation.Addresses[0]
            : throw new UserErrorException("Export takes one address.", "Export", "Write --target=Export ADDRESS --to=FOLDER --format=dataset.");
        string[] sets = [.. Names.Resolve(session.Plan, address, "Export").Where(target => session.Graph[target].StageName == ComposeStage.Name)];
        if (sets is not [string compose])
        {
            throw new UserErrorException(
                sets.Length == 0 ? $"'{address}' holds no training set." : $"'{address}' holds {sets.Length} training sets.", "Export",
                "Name a cell with a seed, such as Table1/Random/1000/System2/seed1.");
        }

        DatasetExport dataset = new(session, compose);
        using NewFolder folder = new(session.Invocation.To!);
        RunReport report = await session.RunAsync(dataset.Targets);
        if (!report.Succeeded)
        {
            Summary.WriteFailures(report, error, session.Invocation.Verbosity);
            return report.ExitCode;
        }

        await dataset.WriteAsync(report, folder);
        long bytes = folder.Keep();
        await output.WriteLineAsync(
            $"{compose}: {Format.Many((int)report[compose].Record!.Result.Counts["rows"], "row")}, {Format.Bytes(bytes)}, in {folder.FullName}");
        return ExitCode.Done;
    }

    private static async Task<ExitCode> RunAnswersAsync(Session session, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        VerifySubject cell = VerifySubject.PlannedCell(
            session,
            session.Invocation.Addresses.Count == 1
                ? session.Invocation.Addresses[0]
                : throw new UserErrorException(
                    "Export takes one address.", "Export", $"Write --target=Export ADDRESS --to=FOLDER --format={session.Invocation.Format}."),
            "Export");
        using NewFolder folder = new(session.Invocation.To!);
        string[] targets = [.. CellAnswers.Targets(session, cell)];
        HashSet<string> known = [.. session.Graph.Closure(targets)];
        RunReport report = await session.RunAsync(targets);
        if (!report.Succeeded)
        {
            Summary.WriteFailures(report, error, session.Invocation.Verbosity);
            return report.ExitCode;
        }

        int files = RunExport.Write(
            folder.PathOf, session.Invocation.Format!,
            await CellAnswers.ReadAsync(session, cell, address => known.Contains(address) ? report[address].Record : null, cancellation), cell);
        long bytes = folder.Keep();
        await output.WriteLineAsync($"{cell.Name}: {Format.Many(files, "file")}, {Format.Bytes(bytes)}, in {folder.FullName}");
        return ExitCode.Done;
    }
}
