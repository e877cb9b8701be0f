using System.Globalization;
using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Housekeeping;
using NaturalThoughts.Pipeline.Sharing;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Student;
using NaturalThoughts.Student.Native;
using NaturalThoughts.Student.Torch.Cuda;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Says what is installed, what it means for the numbers, and what is broken.</summary>
internal static class DoctorVerb
{
    private const long LittleSpace = 1_000_000_000;

    // What verbs start: Diff, Test, --executor=slurm, --libtorch=python.
    private static readonly string[] Programs = ["git", "dotnet", "sbatch", "python3"];

    /// <summary>Prints the report; exit code 1 when something is broken.</summary>
    public static async Task<ExitCode> RunAsync(Command command)
    {
        (Invocation invocation, TextWriter output, _, CancellationToken cancellation) = command;
        Workspace workspace = command.Workspace;
        (string Name, string Value)[] machine =
        [
            ("runtime", System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription),
            ("system", System.Runtime.InteropServices.RuntimeInformation.OSDescription),
            ("processor", ProbeCache.Machine().Split('\n')[0].Split(':')[^1].Trim()),
            ("cores", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
            ("programs", string.Join(", ", Programs.Select(program => program + (IsInstalled(program) ? "" : " (missing)")))),
            ("libtorch build ids", string.Join(", ", NativeBuildIds.Read())),
            ("natives", NativeLibraries.Describe()),
            ("devices", string.Join("; ", CudaDevices.Describe())),
            ("kernels of GPUs", (invocation.Device == "cuda" ? CudaProgram.Failure(0) : CudaProgram.Unavailable) is { } why
                ? $"none: {why}; torch's operations compute"
                : "NVRTC compiles them when they are first used"),
            ("store", workspace.Store),
        ];
        await WriteAsync(machine, output);
        List<string> broken = [];
        try
        {
            await using Session session = await Session.OpenAsync(command with { Error = output });
            StoreContents contents = StoreContents.Read(workspace.Store);
            string health = Health(session, contents, broken);
            string cache = await CacheAsync(session, broken, cancellation);
            long free = session.Store.FreeSpace;
            (string Name, string Value)[] lines =
            [
                ("numerics class", session.Probe),
                ("recorded runs", Format.Count(contents.Records.Count)),
                ("stored files", $"{Format.Count(contents.Objects.Count)}, {Format.Bytes(contents.ObjectBytes)}"),
                ("to be resumed", $"{Format.Bytes(contents.InterruptedBytes)} of interrupted trainings"),
                ("store health", health),
                ("shared cache", cache),
                ("free disk", Format.Bytes(free) + (free < LittleSpace ? ": little" : "")),
            ];
            await WriteAsync(lines, output);
        }
        catch (UserErrorException e)
        {
            broken.AddRange(e.Errors.Select(error => error.ToString()));
        }

        foreach (string item in broken)
        {
            await output.WriteLineAsync("broken: " + item);
        }

        return broken.Count == 0 ? ExitCode.Done : ExitCode.TargetFailed;
    }

    private static async Task WriteAsync((string Name, string Value)[] lines, TextWriter output)
    {
        foreach ((string name, string value) in lines)
        {
            await output.WriteLineAsync($"{name,-20} {value}");
        }
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string Health(Session session, StoreContents contents, List<string> broken)
    {
        int before = broken.Count;
        HashSet<ContentHash> removed = [];
        foreach (string path in contents.DamagedRecords.Concat(contents.StrayFiles))
        {
            broken.Add($"{Path.GetRelativePath(contents.Root, path)} in the store is damaged or stray; --target=Gc removes it.");
        }

        if (session.Invocation.Has("full"))
        {
            // The store removes what is damaged; it is made again when somebody needs it.
            foreach ((ContentHash digest, long size) in contents.Objects.OrderBy(item => item.Key))
            {
                if (session.Store.Find(new OutputFile(digest, size)) is null)
                {
                    removed.Add(digest);
                    broken.Add($"The stored file {digest.Short} was damaged and is removed; a run that needs it makes it again.");
                }
            }
        }

        foreach ((OutputFile wanted, long size) in contents.WrongSizes.Where(item => !removed.Contains(item.Output.Digest)))
        {
            broken.Add($"The stored file {wanted.Digest.Short} has {size} bytes instead of {wanted.Size}; a run that needs it makes it again.");
        }

        string how = session.Invocation.Has("full") ? "every file read" : "sizes compared; --full reads every file";
        string absent = contents.Absent > 0 ? $"; {Format.Many(contents.Absent, "output")} not here (in a shared cache, or removed by Gc)" : "";
        return (broken.Count == before ? "sound" : "BROKEN") + $" ({how}){absent}";
    }

    private static async Task<string> CacheAsync(Session session, List<string> broken, CancellationToken cancellation)
    {
        if (session.Shared is not { } shared)
        {
            return "none named (--cache=DIR|URL)";
        }

        if (await shared.ProbeAsync(cancellation) is { } fault)
        {
            broken.Add($"The shared cache {shared.Name} cannot be used: {fault}.");
            return shared.Name + ": NOT reachable";
        }

        return shared.Name + ": reachable";
    }
}
