using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Execution;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Student;
using NaturalThoughts.Student.Stages;

namespace NaturalThoughts.Build.Running;

/// <summary>
/// The numerics class of this machine: a worker runs the probe once per processor, runtime, C library, environment and build of the natives; later runs
/// read the digest from a small file beside the store.
/// </summary>
internal static class ProbeCache
{
    private static readonly string[] Influences =
    [
        "GLIBC_TUNABLES=", "MKL_", "ONEDNN_", "DNNL_", "OMP_", "ATEN_", "DOTNET_Enable", "LD_PRELOAD=", "LD_LIBRARY_PATH=",
    ];

    /// <summary>The processor, as far as numerics go: its name and instruction sets.</summary>
    public static string Machine()
    {
        const string Info = "/proc/cpuinfo";
        if (!File.Exists(Info))
        {
            return RuntimeInformation.OSDescription;
        }

        return string.Join('\n', File.ReadLines(Info).TakeWhile(line => line.Length > 0)
            .Where(line => line.StartsWith("model name", StringComparison.Ordinal) || line.StartsWith("flags", StringComparison.Ordinal)));
    }

    // What natives and runtime read: which instructions they may use, and which libraries come first.
    private static IEnumerable<string> Variables() => Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
        .Select(item => $"{item.Key}={item.Value}")
        .Where(item => Influences.Any(prefix => item.StartsWith(prefix, StringComparison.Ordinal)))
        .Order(StringComparer.Ordinal);

    /// <summary>
    /// The class of float32: <c>portable/&lt;digest&gt;</c>; of half precision, which torch computes: <c>native/&lt;digest of the processor&gt;</c>.
    /// </summary>
    public static async Task<string> ReadAsync(
        Workspace workspace, ObjectStore store, bool inHalfPrecision, ITargetExecutor workers, CancellationToken cancellation)
    {
        string machine = Machine();
        if (inHalfPrecision)
        {
            return "native/" + ContentHash.OfText(machine + "\n" + Environment.GetEnvironmentVariable(Numerics.ThreadsVariable)).Short;
        }

        string key = ContentHash.OfText(string.Join('\n', [
            machine,
            RuntimeInformation.FrameworkDescription,
            .. NativeBuildIds.OfCLibrary(),
            .. NativeBuildIds.Read(),
            .. Variables(),
            typeof(NumericsProbe).Assembly.ManifestModule.ModuleVersionId.ToString(),
        ])).Hex;
        string path = Path.Combine(workspace.Probes, key);
        if (File.Exists(path) && ContentHash.TryParse((await File.ReadAllTextAsync(path, cancellation)).Trim(), out ContentHash known))
        {
            return "portable/" + known;
        }

        // In the store's scratch, which is swept after a kill.
        using ScratchFolder scratch = store.NewScratch();
        StageJob job = new()
        {
            Address = "probe",
            StageName = ProbeStage.Name,
            Parameters = new JsonObject(),
            Inputs = new Dictionary<string, string>(),
            OutputFolder = scratch.FullPath,
            UsesTensors = true,
        };
        try
        {
            await workers.ExecuteAsync(job, null, cancellation);
        }
        catch (StageFailedException failed)
        {
            throw new UserErrorException(failed.Errors, ExitCode.TargetFailed);
        }

        string made = Path.Combine(scratch.FullPath, ProbeStage.Output);
        string digest = (await File.ReadAllTextAsync(made, cancellation)).Trim();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(made, path, overwrite: true);
        return "portable/" + digest;
    }
}
