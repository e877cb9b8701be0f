using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Planning;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Student;
using NaturalThoughts.Student.Native;

namespace NaturalThoughts.Build.Running;

/// <summary>
/// The fast path: when neither YAML, prompts, code, switches, machine nor published results changed since a complete run, there is
/// nothing to do. No YAML is parsed, no torch loaded.
/// </summary>
internal static class UpToDate
{
    /// <summary>The complete run of this command, or null when something may have to be done.</summary>
    public static CachedPlan? Find(Workspace workspace, Invocation invocation) =>
        Directory.Exists(workspace.Store) && File.Exists(Identity) ? PlanCache.Find(workspace.Store, Digest(workspace, invocation)) : null;

    /// <summary>Remembers a complete run, unless it read files outside of the checkout and the store: those may change unseen.</summary>
    public static void Keep(Workspace workspace, Invocation invocation, ObjectStore store, TargetGraph graph, CachedPlan plan)
    {
        if (graph.Order.All(address => graph[address].Sources.Count == 0))
        {
            PlanCache.Keep(store, Digest(workspace, invocation), plan);
        }
    }

    private static string Identity => Path.Combine(Workspace.Binaries, "identity.json");

    private static ContentHash Digest(Workspace workspace, Invocation invocation)
    {
        using PlanDigest digest = new();
        digest.Add("target", invocation.Target ?? "")
            .Add("profile", invocation.Profile)
            .Add("device", invocation.Device)
            .Add("exclusive", invocation.Has("exclusive") ? "yes" : "no")
            .Add("machine", ProbeCache.Machine())
            .Add("libtorch", LibtorchFolder.IsForeign ? string.Join('\n', NativeBuildIds.Read()) : "")
            .Add("identity", File.ReadAllBytes(Identity));
        AddFolder(digest, workspace.Experiments);
        AddFolder(digest, workspace.Results(invocation.Profile));
        return digest.Digest();
    }

    private static void AddFolder(PlanDigest digest, string folder)
    {
        foreach (string path in FolderFiles.In(folder, depth: SearchOption.AllDirectories))
        {
            digest.Add(Path.GetRelativePath(folder, path), File.ReadAllBytes(path));
        }
    }
}
