using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Execution;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Certificates;

/// <summary>Executes the runs of a certificate's folder again, from its own files, and compares.</summary>
/// <param name="folder">The folder.</param>
/// <param name="certificate">What it says.</param>
/// <param name="executor">Runs stages.</param>
public sealed class CertificateCheck(string folder, Certificate certificate, ITargetExecutor executor)
{
    /// <summary>The files that are missing or have other bytes than the certificate says, each with what is wrong.</summary>
    public IReadOnlyList<string> Damaged() =>
    [
        .. certificate.Held
            .Select(file => (file.Key, file.Value, Path: Path.Combine(folder, file.Key)))
            .Select(file => !RegularFile.Is(file.Path) ? $"{file.Key} is {RegularFile.KindOf(file.Path) ?? "missing"}"
                : ContentHash.OfFile(file.Path) != file.Value.Digest ? $"{file.Key} has other bytes than the certificate says"
                : null)
            .OfType<string>(),
    ];

    /// <summary>Executes all repeated runs, those of the subject into a folder that stays.</summary>
    /// <param name="scratch">An empty folder.</param>
    /// <param name="jobs">How many side by side.</param>
    /// <param name="cancellation">Stops between two runs.</param>
    /// <returns>The outputs that came out otherwise, or not at all, each in words; and the folder of the subject's outputs.</returns>
    public async Task<(IReadOnlyList<string> Differences, string Subject)> RunAsync(string scratch, int jobs, CancellationToken cancellation)
    {
        IReadOnlyList<CertifiedRun> runs = certificate.Repeated;
        string?[] differences = new string?[runs.Count];
        string subject = "";
        await Parallel.ForEachAsync(
            Enumerable.Range(0, runs.Count), new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, async (i, stop) =>
        {
            CertifiedRun run = runs[i];
            string made = Path.Combine(scratch, FormattableString.Invariant($"{i}"));
            Directory.CreateDirectory(made);
            differences[i] = await RunAsync(run, made, stop).ConfigureAwait(false);
            if (run.Address == certificate.Subject)
            {
                subject = made;
            }
            else
            {
                Directory.Delete(made, recursive: true);
            }
        }).ConfigureAwait(false);
        return ([.. differences.OfType<string>()], subject);
    }

    private async Task<string?> RunAsync(CertifiedRun run, string made, CancellationToken cancellation)
    {
        try
        {
            await executor.ExecuteAsync(
                new StageJob
                {
                    Address = run.Address,
                    StageName = run.Stage,
                    Parameters = run.Parameters.DeepClone().AsObject(),
                    Inputs = run.Inputs.ToDictionary(input => input.Key, input => Path.Combine(folder, input.Value), StringComparer.Ordinal),
                    OutputFolder = made,
                },
                null,
                cancellation).ConfigureAwait(false);
        }
        catch (StageFailedException failure)
        {
            return $"{run.Address} ({run.Stage}) cannot be executed: {failure.Message}";
        }

        string[] others = [.. run.Outputs
            .Where(output => !File.Exists(Path.Combine(made, output.Key)) || ContentHash.OfFile(Path.Combine(made, output.Key)) != output.Value.Digest)
            .Select(output => output.Key)];
        return others.Length == 0 ? null : $"{run.Address} ({run.Stage}) gives another {string.Join(" and another ", others)} from the files of the folder";
    }
}
