using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Build.Running;

/// <summary>An empty store beside the real one, for work that may take nothing from what was made before.</summary>
internal static class ScratchStore
{
    /// <summary>Does the work with it, and removes it with its probes and logs. What a killed process left goes first.</summary>
    /// <exception cref="UserErrorException">Another process is doing the same.</exception>
    public static async Task<ExitCode> WithAsync(Workspace workspace, Func<Workspace, Task<ExitCode>> work)
    {
        // Finished calls are taken from the real store, and kept there: they may have cost money.
        Workspace scratch =
            workspace with { Store = workspace.Store + ".scratch", Calls = Directory.Exists(workspace.Store) ? StoreFolder.CallsOf(workspace.Store) : null };
        Remove(scratch);
        try
        {
            return await work(scratch);
        }
        finally
        {
            Remove(scratch);
        }
    }

    private static void Remove(Workspace scratch)
    {
        StoreFolder.Clean(scratch.Store);
        foreach (string folder in ((string[])[scratch.Probes, scratch.Logs]).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
