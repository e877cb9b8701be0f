using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Slurm;

/// <summary>Slurm's own programs: sbatch, squeue, scancel. None of them needs Slurm's accounting data base.</summary>
internal static class SlurmClient
{
    private const string Hint = "Run it on a machine from which jobs are submitted, or leave --executor=slurm out.";

    /// <summary>Submits a batch job and returns its number.</summary>
    /// <param name="arguments">The arguments of sbatch.</param>
    /// <param name="script">The job's script.</param>
    /// <param name="name">What the job is called, for messages.</param>
    /// <returns>The job's id; for an array that of all its tasks.</returns>
    /// <exception cref="UserErrorException">sbatch is not there, or refuses the job; the message says what it said.</exception>
    public static async Task<long> SubmitAsync(IEnumerable<string> arguments, string script, string name)
    {
        (int code, string output, string error) = await RunAsync("sbatch", ["--parsable", .. arguments], script).ConfigureAwait(false);

        // With --parsable: the id, and after a semicolon the cluster's name where there are several.
        return code == 0 && long.TryParse(output.Trim().Split(';')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            ? id
            : throw new UserErrorException(
                $"sbatch refused the job '{name}': {OneLine(error.Length > 0 ? error : output)}",
                "--executor=slurm",
                "Fix 'cluster' in the profile, or whatever sbatch complains about.");
    }

    /// <summary>The states of the user's jobs, those that ended a while ago included: job id and array task (-1 for none) to state.</summary>
    /// <exception cref="SlurmUnreachableException">The controller does not answer.</exception>
    /// <exception cref="UserErrorException">squeue is not there.</exception>
    public static async Task<IReadOnlyDictionary<(long Id, int Task), JobState>> StatesAsync()
    {
        (int code, string output, string error) = await RunAsync(
            "squeue", ["--me", "--noheader", "--array", "--states=all", "--format=%F|%K|%T|%r"], "").ConfigureAwait(false);
        if (code != 0)
        {
            throw new SlurmUnreachableException(OneLine(error));
        }

        Dictionary<(long, int), JobState> states = [];
        foreach (string line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] fields = line.Split('|', 4);
            if (fields.Length == 4 && long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out long id))
            {
                int task = int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : -1;
                states[(id, task)] = new JobState(fields[2].Trim(), fields[3].Trim());
            }
        }

        return states;
    }

    /// <summary>Cancels jobs; those that ended already are ignored.</summary>
    /// <returns>What scancel complained of; empty when all went well.</returns>
    public static async Task<string> CancelAsync(IEnumerable<string> ids)
    {
        (int code, _, string error) = await RunAsync("scancel", ["--quiet", .. ids], "").ConfigureAwait(false);
        return code == 0 ? "" : OneLine(error);
    }

    private static string OneLine(string text) => string.Join("; ", text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static async Task<(int Code, string Output, string Error)> RunAsync(string program, IEnumerable<string> arguments, string input)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A user's own view of the queue must not hide jobs from us.
        foreach (string name in start.Environment.Keys.Where(name =>
            name.StartsWith("SQUEUE_", StringComparison.Ordinal) || name.StartsWith("SCANCEL_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new UserErrorException($"Slurm's program '{program}' cannot be started: {e.Message}", "--executor=slurm", Hint);
        }

        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            try
            {
                await process.StandardInput.WriteAsync(input).ConfigureAwait(false);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended without reading: its exit code says why.
            }

            await process.WaitForExitAsync().ConfigureAwait(false);
            return (process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
    }
}
