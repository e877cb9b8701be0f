using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Slurm;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Build.Verbs;

/// <summary>
/// Deletes the store and what is beside it: the numerics probes, TensorBoard's logs, copies of served students and the folders of cluster runs. Results stay.
/// </summary>
internal static class CleanVerb
{
    /// <summary>Deletes them; fine where there are none.</summary>
    /// <exception cref="UserErrorException">The folder is no store, or a process is using it.</exception>
    public static async Task<ExitCode> RunAsync(Command command)
    {
        Workspace workspace = command.Workspace;
        bool was = StoreFolder.Clean(workspace.Store);
        foreach (string folder in (string[])[workspace.Probes, workspace.Logs, workspace.Served, RunFolder.AreaOf(workspace.Store)])
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        await command.Output.WriteLineAsync(was ? $"Deleted {workspace.Store}." : $"Nothing to delete: {workspace.Store} does not exist.");
        return ExitCode.Done;
    }
}
