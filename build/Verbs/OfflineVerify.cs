using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Certificates;
using NaturalThoughts.Pipeline.Execution;
using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Build.Verbs;

/// <summary>
/// Checks a folder of <see cref="CertificateExport"/> from its own files: digests, then every grade, statistic and figure computed again from the answers, then
/// the published files and their lock. Needs no store, no model and no profile.
/// </summary>
internal static class OfflineVerify
{
    private const int Shown = 10;

    /// <summary>Whether a command line of Verify asks for an offline check of a folder.</summary>
    public static bool IsAsked(Invocation invocation) => invocation.Has("offline") && invocation.Addresses is [string folder] && Directory.Exists(folder);

    /// <summary>Checks the folder.</summary>
    /// <exception cref="UserErrorException">It holds no certificate.</exception>
    public static async Task<ExitCode> RunAsync(Invocation invocation, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        string folder = Path.GetFullPath(invocation.Addresses[0]);
        Certificate certificate = Certificate.Read(folder, CertificateExport.IsRepeated);
        CertificateCheck check = new(folder, certificate, new InProcessExecutor(StageCatalog.Create));
        string table = certificate.Subject.Split('/')[0];
        if (!await SayAsync(
            check.Damaged(), $"{Format.Many(certificate.Held.Count, "file")} have the bytes that the certificate names",
            "A file was changed or is missing: nothing was computed.", output, error))
        {
            return ExitCode.LockBroken;
        }

        DirectoryInfo scratch = Directory.CreateTempSubdirectory("certificate-");
        try
        {
            (IReadOnlyList<string> differences, string made) = await check.RunAsync(scratch.FullName, invocation.Jobs, cancellation);
            if (!await SayAsync(
                differences, $"{Format.Many(certificate.Repeated.Count, "run")} executed again from the answers: every byte came out the same",
                "What the folder says is not what follows from its answers.", output, error))
            {
                return ExitCode.LockBroken;
            }

            LockComparison comparison = ResultFiles.Compare(new TableResult(table, made), Path.Combine(folder, CertificateExport.Results));
            await (comparison.Holds ? output : error).WriteLineAsync($"{CertificateExport.Results}/{comparison.Render().TrimEnd()}");
            return comparison.Holds ? ExitCode.Done : ExitCode.LockBroken;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static async Task<bool> SayAsync(IReadOnlyList<string> wrong, string right, string verdict, TextWriter output, TextWriter error)
    {
        if (wrong.Count == 0)
        {
            await output.WriteLineAsync(right);
            return true;
        }

        foreach (string line in wrong.Take(Shown))
        {
            await error.WriteLineAsync(line);
        }

        await error.WriteLineAsync((wrong.Count > Shown ? $"... and {wrong.Count - Shown} more. " : "") + verdict);
        return false;
    }
}
