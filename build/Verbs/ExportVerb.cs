using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Checkpoints;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Selection;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Makes a target, where it is not cached, and writes its files into a folder: a student or a training set as other programs load it.</summary>
internal static class ExportVerb
{
    /// <summary>The value of --format that writes a training set as a dataset.</summary>
    public const string Dataset = "dataset";

    /// <summary>Runs the one address that the command line names.</summary>
    /// <exception cref="UserErrorException">The address names no target or several students, or the folder is there already.</exception>
    public static async Task<ExitCode> RunAsync(Session session, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (session.Invocation.Format == Dataset)
        {
            return await RunDatasetAsync(session, output, error, cancellation);
        }

        string target = Target(session);
        using NewFolder folder = new(session.Invocation.To!);
        RunReport report = await session.Run([target], output, cancellation).Report;
        cancellation.ThrowIfCancellationRequested();
        if (!report.Succeeded)
        {
            Summary.WriteFailures(report, error, session.Invocation.Verbosity);
            return report.ExitCode;
        }

        IReadOnlyDictionary<string, OutputFile> outputs = report[target].Record!.Outputs;
        foreach ((string name, OutputFile file) in outputs)
        {
            string path = folder.PathOf(name);
            if (!session.Store.Restore(file, path))
            {
                throw new InvalidOperationException($"The output '{name}' of {target} vanished from the store during the run.");
            }

            File.SetAttributes(path, FileAttributes.Normal);
        }

        long bytes = folder.Keep();
        await output.WriteLineAsync($"{target}: {Format.Many(outputs.Count, "file")}, {Format.Bytes(bytes)}, in {folder.FullName}");
        return ExitCode.Done;
    }

    private static async Task<ExitCode> RunDatasetAsync(Session session, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        string address = Address(session);
        string[] sets = [.. Names.Resolve(session.Plan, address, "Export").Where(target => session.Graph[target].StageName == ComposeStage.Name)];
        if (sets is not [string compose])
        {
            throw new UserErrorException(
                sets.Length == 0 ? $"'{address}' holds no training set." : $"'{address}' holds {sets.Length} training sets.", "Export", "Name a cell with a seed, such as Table1/Random/1000/System2/seed1.");
        }

        DatasetExport dataset = new(session, compose);
        using NewFolder folder = new(session.Invocation.To!);
        RunReport report = await session.Run(dataset.Targets, output, cancellation).Report;
        cancellation.ThrowIfCancellationRequested();
        if (!report.Succeeded)
        {
            Summary.WriteFailures(report, error, session.Invocation.Verbosity);
            return report.ExitCode;
        }

        await dataset.WriteAsync(report, folder);
        long bytes = folder.Keep();
        await output.WriteLineAsync($"{compose}: {Format.Many((int)report[compose].Record!.Result.Counts["rows"], "row")}, {Format.Bytes(bytes)}, in {folder.FullName}");
        return ExitCode.Done;
    }

    private static string Address(Session session) => session.Invocation.Addresses.Count == 1
        ? session.Invocation.Addresses[0]
        : throw new UserErrorException("Export takes one address.", "Export", "Write --target=Export base --to=FOLDER.");

    private static string Target(Session session)
    {
        string address = Address(session);
        IReadOnlyList<string> named = Names.Resolve(session.Plan, address, "Export");
        string[] students = named is [_] ? [.. named] : [.. named.Where(target => StageCatalog.Create(session.Graph[target].StageName).Description.Outputs.Contains(CheckpointFolder.Config))];
        return students switch
        {
            [string one] => one,
            [] => throw new UserErrorException($"'{address}' holds no student.", "Export", "Name a cell with a seed, such as Table1/Random/1000/System2/seed1, or any one target."),
            _ => throw new UserErrorException($"'{address}' holds {students.Length} students.", "Export", $"Name one, such as {students[0]}."),
        };
    }
}
