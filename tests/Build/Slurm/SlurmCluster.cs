using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using NaturalThoughts.Build.Tests.Host;

namespace NaturalThoughts.Build.Tests.Slurm;

/// <summary>Real slurmctld and slurmd daemons with two nodes on this machine, on ports of their own, gone after the tests.</summary>
public sealed class SlurmCluster : IAsyncLifetime
{
    /// <summary>The name of a job that is not the host's.</summary>
    internal const string Foreign = "foreign";

    private const int Ports = 100;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nt-slurm-");

    private static string Scripts => Path.Combine(AppContext.BaseDirectory, "Fixtures", "slurm");

    /// <summary>What tells Slurm's programs of this cluster.</summary>
    internal Dictionary<string, string> Environment => new() { ["SLURM_CONF"] = Path.Combine(_folder.FullName, "slurm.conf") };

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        if (SlurmFactAttribute.IsInstalled)
        {
            (int code, string output) = await CommandAsync(
                "bash", Path.Combine(Scripts, "up.sh"), _folder.FullName, FreePorts().ToString(System.Globalization.CultureInfo.InvariantCulture), "2");
            Assert.True(code == 0, output);
        }
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (SlurmFactAttribute.IsInstalled)
        {
            await CommandAsync("bash", Path.Combine(Scripts, "down.sh"), _folder.FullName);
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>A folder with the tests' experiments whose profile looks at the queue often.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="held">True keeps the jobs waiting until <see cref="ReleaseAsync"/>, so that a test can do something before the first one runs.</param>
    internal static HostFolder WithQuickPolls(HostFolder folder, bool held = false)
    {
        string arguments = held ? "arguments: [--nice=1, --hold]" : "arguments: [--nice=1]";
        File.AppendAllText(
            folder.PathOf("experiments/profiles/tiny.yaml"),
            $"cluster: {{pollSeconds: 0.3, exact: {{{arguments}}}, tensors: {{cpus: 2, timeMinutes: 10, memoryMegabytes: 500, {arguments}}}}}\n");
        return folder;
    }

    internal Process Start(HostFolder folder, params string[] arguments) =>
        folder.Start(HostFolder.WithDefaults([.. arguments, "--executor=slurm"]), Environment);

    internal Task<HostRun> RunAsync(HostFolder folder, params string[] arguments) => HostFolder.FinishAsync(Start(folder, arguments));

    /// <summary>Runs one of Slurm's programs.</summary>
    internal async Task<string> SlurmAsync(string program, params string[] arguments)
    {
        (int code, string output) = await CommandAsync(program, arguments);
        Assert.True(code == 0, output);
        return output;
    }

    /// <summary>Kills a node's daemon, and the job with its step, without a word to the controller.</summary>
    internal async Task KillNodeAsync(string node, string job)
    {
        const string Script = """
            kill -9 "$(cat "$1/run/slurmd-$2.pid")"
            step=$(pgrep -f "^slurmstepd: \[$3\.")
            all=$step next=$step
            while [ -n "$next" ]; do next=$(pgrep -P "$(echo $next | tr ' ' ',')"); all="$all $next"; done
            kill -9 $all
            """;
        await SlurmAsync("bash", "-c", Script, "kill-node", _folder.FullName, node, job);
    }

    /// <summary>Starts a node's daemon again.</summary>
    internal Task StartNodeAsync(string node) => SlurmAsync("/usr/sbin/slurmd", "-N", node);

    /// <summary>Lets jobs run that were held.</summary>
    internal async Task ReleaseAsync()
    {
        string[] jobs = (await SlurmAsync("squeue", "-h", "-t", "PENDING", "-o", "%A")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await SlurmAsync("scontrol", "release", string.Join(',', jobs.Distinct()));
    }

    /// <summary>The host's jobs that wait or run, as lines of name, state and node.</summary>
    internal async Task<string[]> QueueAsync() =>
        [.. (await SlurmAsync("squeue", "-h", "-r", "-o", "%j %T %N")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith(Foreign + " ", StringComparison.Ordinal))];

    /// <summary>Cancels all jobs and brings back nodes that an earlier test lost: Slurm drains one whose job did not die at once.</summary>
    internal Task ResetAsync()
    {
        const string Script = """
            scancel --user="$(id -un)"
            sinfo -h -N -t drain,down -o %N | sort -u | xargs -r -I{} scontrol update nodename={} state=resume || true # it may have come back by itself
            """;
        return SlurmAsync("bash", "-c", Script);
    }

    private async Task<(int Code, string Output)> CommandAsync(string program, params string[] arguments)
    {
        // The daemons inherit what this process has open: their output goes to files, which can be read whether they end or not.
        ProcessStartInfo start = new(
            "bash",
            ["-c", "\"$@\" > \"$0\" 2>&1 < /dev/null; code=$?; cat \"$0\"; exit $code", Path.Combine(_folder.FullName, "output"), program, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in Environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    private static int FreePorts()
    {
        for (int first = 21_000; first < 32_000; first += Ports)
        {
            if (Enumerable.Range(first, 4).All(IsFree))
            {
                return first;
            }
        }

        throw new InvalidOperationException("No free ports.");
    }

    private static bool IsFree(int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
