using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Scheduling;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Makes a target, where it is not cached, and writes its files into a folder: a student as other programs load it.</summary>
internal static class ExportVerb
{
    /// <summary>Runs the one address that the command line names.</summary>
    /// <exception cref="UserErrorException">The address names no target or several students, or the folder is there already.</exception>
    public static async Task<ExitCode> RunAsync(Session session, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        string target = StudentTarget.Of(session, "Export", "--target=Export base --to=FOLDER");
        using NewFolder folder = new(session.Invocation.To!);
        RunReport report = await session.Run([target], output, cancellation).Report;
        cancellation.ThrowIfCancellationRequested();
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
}
