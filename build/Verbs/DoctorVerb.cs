using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student;
using NaturalThoughts.Student.Native;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Says what is installed and what it means for the numbers.</summary>
internal static class DoctorVerb
{
    /// <summary>Prints the report.</summary>
    public static async Task<ExitCode> RunAsync(Workspace workspace, Invocation invocation, TextWriter output, CancellationToken cancellation)
    {
        using Session session = await Session.OpenAsync(workspace, invocation, output, cancellation);
        (string Name, string Value)[] lines =
        [
            ("runtime", System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription),
            ("processor", ProbeCache.Machine().Split('\n')[0].Split(':')[^1].Trim()),
            ("cores", Environment.ProcessorCount.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("libtorch build ids", string.Join(", ", NativeBuildIds.Read())),
            ("natives", NativeLibraries.Describe()),
            ("numerics class", session.Probe),
            ("store", workspace.Store),
            ("recorded runs", Format.Count(session.Store.History.Read().Count)),
            ("free disk", Format.Count(new DriveInfo(workspace.Store).AvailableFreeSpace / (1 << 20)) + " MiB"),
        ];
        foreach ((string name, string value) in lines)
        {
            await output.WriteLineAsync($"{name,-20} {value}");
        }

        return ExitCode.Done;
    }
}
