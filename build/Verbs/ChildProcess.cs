using System.Diagnostics;
using System.Globalization;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Runs a program and passes its output on, line by line.</summary>
internal static class ChildProcess
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="onLine">Gets each line of output and errors, one at a time.</param>
    /// <param name="cancellation">Ends the program and all that it started.</param>
    /// <param name="grace">
    /// How long SIGTERM may take then; only for a program that is a process group of its own (setsid). Without it all are killed at once.
    /// </param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        string folder,
        string program,
        IEnumerable<string> arguments,
        Action<string> onLine,
        CancellationToken cancellation,
        TimeSpan grace = default)
    {
        using Process process = new();
        process.StartInfo = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        object gate = new();
        void Pass(string? line)
        {
            if (line is not null)
            {
                lock (gate)
                {
                    onLine(line);
                }
            }
        }

        process.OutputDataReceived += (_, line) => Pass(line.Data);
        process.ErrorDataReceived += (_, line) => Pass(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            if (grace > TimeSpan.Zero)
            {
                await EndAsync(process, grace);
            }

            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            throw;
        }

        return process.ExitCode;
    }

    // Asks a process group to end, and waits.
    private static async Task EndAsync(Process process, TimeSpan grace)
    {
        string id = process.Id.ToString(CultureInfo.InvariantCulture);
        using Process kill = Process.Start("bash", ["-c", $"kill -s TERM -- -{id} 2> /dev/null || kill -s TERM {id} 2> /dev/null || true"]);
        await kill.WaitForExitAsync(CancellationToken.None);
        using CancellationTokenSource limit = new(grace);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // It does not end by itself.
        }
    }
}
