using System.Globalization;

namespace NaturalThoughts.Pipeline.Slurm;

/// <summary>The shell script that Slurm runs for a batch.</summary>
internal static class JobScript
{
    /// <param name="command">The program of a job.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="guard">
    /// A file that the job locks beside others while it runs, as build.sh does: a build waits then instead of changing the program below it.
    /// </param>
    public static string Of(IReadOnlyList<string> command, string folder, JobBatch batch, string? guard)
    {
        string run = string.Join(
            ' ', [.. command.Select(Quote), Quote(folder), batch.Number.ToString(CultureInfo.InvariantCulture), "\"${SLURM_ARRAY_TASK_ID:-0}\""]);
        string held = guard is null ? "" : $"exec 9<{Quote(guard)} && flock --shared 9\n";
        return $"#!/bin/sh\n{held}exec {run}\n";
    }

    // https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html 2.2.2: between single quotes everything is itself.
    private static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
