using System.Diagnostics;
using System.Globalization;
using System.Text;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

/// <summary>A folder with experiments/ of its own, in which the built host runs as a child process.</summary>
internal sealed class HostFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nt host ü ");

    /// <summary>The full path of the folder.</summary>
    public string Root => _folder.FullName;

    /// <summary>The store of the folder's host.</summary>
    public string Store => PathOf(".cache/store");

    /// <summary>A folder with the repository's experiments, beside them the profile and the table of the tests.</summary>
    public static HostFolder Create()
    {
        HostFolder folder = new();
        CopyTree(Path.Combine(Repository, "experiments"), folder.PathOf("experiments"));
        CopyTree(Path.Combine(AppContext.BaseDirectory, "Fixtures", "experiments"), folder.PathOf("experiments"));
        return folder;
    }

    /// <summary>The repository that these tests were built in.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>A folder with the same files, store and results.</summary>
    public HostFolder Copy()
    {
        HostFolder copy = new();
        CopyTree(Root, copy.Root);
        return copy;
    }

    /// <summary>The path of a file of this folder, named with forward slashes.</summary>
    public string PathOf(string name) => Path.Combine(Root, Path.Combine(name.Split('/')));

    /// <summary>Reads a file below the root.</summary>
    public string Read(string name) => File.ReadAllText(PathOf(name));

    /// <summary>Writes a file, its folders too.</summary>
    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }

    /// <summary>Replaces a text that a file must hold.</summary>
    public void Edit(string name, string old, string now)
    {
        string text = Read(name);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(PathOf(name), text.Replace(old, now, StringComparison.Ordinal));
    }

    /// <summary>Digests of what a reviewer compares: csv, lock and outcomes.</summary>
    public string[] Published(string table = "Tiny") =>
        [.. new[] { ".csv", ".lock.json", ".outcomes", ".md", ".svg" }.Select(end =>
            end + " " + ContentHash.OfFile(PathOf($"results/tiny/{table}{end}")).Short)];

    /// <summary>Runs the host in this folder with the profile of the tests, one target at a time unless the arguments say otherwise.</summary>
    public Task<HostRun> RunAsync(params string[] arguments) => FinishAsync(Start(WithDefaults(arguments)));

    /// <summary>Runs the host with exactly these arguments.</summary>
    public Task<HostRun> RunBareAsync(params string[] arguments) => FinishAsync(Start(arguments));

    /// <summary>Starts the host; see <see cref="FinishAsync"/>.</summary>
    public Process Start(string[] arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "NaturalThoughts.Build.dll"), .. arguments], environment);

    /// <summary>Starts a program in the folder's environment.</summary>
    public Process Start(string program, string[] arguments, IReadOnlyDictionary<string, string>? environment)
    {
        // A test run in the background of a script inherits an ignored Ctrl-C; a host that a person starts does not.
        ProcessStartInfo start = new("env", ["--default-signal=INT", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment[Workspace.RootVariable] = Root;
        start.Environment.Remove(Workspace.StoreVariable);
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Reads a started host's output to its end.</summary>
    public static async Task<HostRun> FinishAsync(Process process, string firstLines = "")
    {
        using Process owned = process;
        using CancellationTokenSource late = new(Hang.Limit);
        try
        {
            Task<string> error = process.StandardError.ReadToEndAsync(late.Token);
            string output = firstLines + await process.StandardOutput.ReadToEndAsync(late.Token);
            await process.WaitForExitAsync(late.Token);
            HostRun run = new((ExitCode)process.ExitCode, output, await error);
            Assert.DoesNotContain("   at ", run.Output + run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("\u001b", run.Output + run.Error, StringComparison.Ordinal);
            return run;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Sends a signal, such as <c>INT</c>, to a started host.</summary>
    public static void Signal(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>The lines of a started host up to the one that holds a sign.</summary>
    public static async Task<string> ReadToAsync(Process process, string sign)
    {
        StringBuilder lines = new();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Append(line).Append('\n');
            if (line.Contains(sign, StringComparison.Ordinal))
            {
                return lines.ToString();
            }
        }

        throw new InvalidOperationException($"The host ended without '{sign}':\n{lines}{await process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>Where a started host serves, once it does, and its lines so far.</summary>
    public static async Task<(string Url, string Lines)> ReadyAsync(Process process)
    {
        const string Ready = "serving at ";
        string lines = await ReadToAsync(process, Ready);
        return (lines[(lines.LastIndexOf(Ready, StringComparison.Ordinal) + Ready.Length)..].TrimEnd('\n'), lines);
    }

    /// <summary>The arguments with the tests' profile and one job, where they name none.</summary>
    public static string[] WithDefaults(IReadOnlyList<string> arguments) =>
    [
        .. arguments,
        .. arguments.Any(argument => argument.StartsWith("--jobs", StringComparison.Ordinal)) ? [] : new[] { "--jobs=1" },
        .. arguments.Any(argument => argument.StartsWith("--profile", StringComparison.Ordinal)) ? [] : new[] { "--profile=tiny" },
    ];

    /// <inheritdoc />
    public void Dispose() => _folder.Delete(recursive: true);

    private static void CopyTree(string from, string to)
    {
        foreach (string path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target, overwrite: true);
        }
    }

    private static string FindRepository()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "NaturalThoughts.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
