using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Verbs;

/// <summary>
/// Writes a folder that runs on a machine with a PyTorch and without .NET: the host with its runtime, the experiments, the locked results
/// and a launcher. libtorch is not in it. The keys are those of this build.
/// </summary>
internal static class PublishVerb
{
    private const string Launcher = """
        #!/usr/bin/env bash
        # Runs NaturalThoughts with the libtorch of the PyTorch that python3 finds: ./naturalthoughts --target=Table1 --device=cuda
        # Another one: --libtorch=FOLDER. The store lies in .cache/store below this folder unless NATURALTHOUGHTS_STORE names another.
        set -euo pipefail
        here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
        export NATURALTHOUGHTS_ROOT=${NATURALTHOUGHTS_ROOT:-$here}
        # Without ICU the runtime does not start unless it is told; whatever needs Unicode normalisation then says so.
        /sbin/ldconfig -p 2> /dev/null | grep -q libicuuc || export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
        [[ " $* " == *" --libtorch"* || -n ${NATURALTHOUGHTS_LIBTORCH:-} ]] || set -- "$@" --libtorch=python
        exec "$here/app/NaturalThoughts.Build" "$@"

        """;

    /// <summary>Publishes into the folder that <c>--to</c> names.</summary>
    /// <exception cref="UserErrorException">The folder is there already.</exception>
    public static async Task<ExitCode> RunAsync(Command command)
    {
        (Invocation invocation, TextWriter output, _, CancellationToken cancellation) = command;
        Workspace workspace = command.Workspace;
        using NewFolder folder = new(invocation.To!);
        DirectoryInfo artifacts = Directory.CreateTempSubdirectory("publish-");
        try
        {
            List<string> lines = [];
            int code = await ChildProcess.RunAsync(
                workspace.Root,
                "dotnet",
                [
                    "publish", "build/NaturalThoughts.Build.csproj", "-c", "Release", "--self-contained", "-p:WithLibtorch=false",
                    "--artifacts-path", artifacts.FullName, "-o", folder.PathOf("app"), "-v", "q", "--nologo",
                ],
                lines.Add,
                cancellation);
            if (code != 0)
            {
                throw new UserErrorException(
                    $"dotnet publish failed: {string.Join(' ', lines.Take(3))}", "Publish", "It needs the SDK and the NuGet source.", ExitCode.TargetFailed);
            }
        }
        finally
        {
            artifacts.Delete(recursive: true);
        }

        File.Copy(Path.Combine(Workspace.Binaries, "identity.json"), folder.PathOf("app/identity.json"));
        foreach (string part in new[] { "experiments", "results" })
        {
            Copy(Path.Combine(workspace.Root, part), folder.PathOf(part));
        }

        string launcher = folder.PathOf("naturalthoughts");
        await File.WriteAllTextAsync(launcher, Launcher, cancellation);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(launcher, File.GetUnixFileMode(launcher) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        long bytes = folder.Keep();
        await output.WriteLineAsync($"{Format.Bytes(bytes)} in {folder.FullName}; on a machine with PyTorch: ./naturalthoughts --target=Doctor");
        return ExitCode.Done;
    }

    private static void Copy(string from, string to)
    {
        foreach (string path in FolderFiles.In(from, depth: SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
    }
}
