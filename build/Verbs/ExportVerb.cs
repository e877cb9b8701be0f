using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Checkpoints;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Makes a target, where it is not cached, and writes its files into a folder: a student as other programs load it.</summary>
internal static class ExportVerb
{
    /// <summary>Runs the one address that the command line names.</summary>
    /// <exception cref="UserErrorException">The address names no target or several students, or the folder is there already.</exception>
    public static async Task<ExitCode> RunAsync(Session session, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
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

    private static string Target(Session session)
    {
        string address = session.Invocation.Addresses.Count == 1
            ? session.Invocation.Addresses[0]
            : throw new UserErrorException("Export takes one address.", "Export", "Write --target=Export base --to=FOLDER.");
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
