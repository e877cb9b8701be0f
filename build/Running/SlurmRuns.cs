using System.Text;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Planning;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Slurm;

namespace NaturalThoughts.Build.Running;

/// <summary>Runs targets as Slurm jobs: what <c>--executor=slurm</c> means on the machine where the command was given.</summary>
internal static class SlurmRuns
{
    /// <summary>Submits what is missing, waits for it, and cancels what is left when it fails or is interrupted.</summary>
    public static async Task<RunReport> RunAsync(
        Session session, IReadOnlyList<string> requested, RunSettings settings, Action<string> say, CancellationToken cancellation)
    {
        IReadOnlyList<string> missing = MissingTargets.Find(session.Graph, requested, session.Store, session.Keys);
        if (missing.Count == 0)
        {
            return await new Scheduler(settings).RunAsync(session.Graph, requested, cancellation);
        }

        Dictionary<string, byte[]> plan = Snapshot(session.Workspace);
        RunFolder folder = new(Path.Combine(RunFolder.AreaOf(session.Workspace.Store), Digest(session, requested, plan).Short));
        using IDisposable held = folder.Hold();
        foreach ((string name, byte[] content) in plan)
        {
            folder.Write(name, content);
        }

        folder.Write(RunFolder.Description, Encoding.UTF8.GetBytes(CanonicalJson.WriteIndented(new JsonObject
        {
            ["profile"] = session.Invocation.Profile,
            ["device"] = session.Invocation.Device,
            ["store"] = session.Workspace.Store,
            ["checkout"] = session.Workspace.Checkout,
            ["data"] = session.Workspace.Data,
            ["identity"] = Identity().Hex,
            ["numerics"] = session.Probe,
            ["calls"] = CallShares.Of(session.Invocation, session.Graph, missing),
        })));
        RunReport report;
        await using (SlurmRun run = new(folder, session.Plan.Cluster, session.Store, say))
        {
            await run.SubmitAsync(session.Graph, missing, JobNames.Of, [.. Session.Program, SlurmJob.Verb], Guard(), cancellation);
            report = await new Scheduler(settings with { Remote = run }).RunAsync(session.Graph, requested, cancellation);
        }

        if (report.Succeeded)
        {
            folder.Delete();
        }

        return report;
    }

    /// <summary>The digest of the code identity of this build: a job of another build would make other keys.</summary>
    public static ContentHash Identity() => ContentHash.OfFile(Path.Combine(Workspace.Binaries, "identity.json"));

    private static Dictionary<string, byte[]> Snapshot(Workspace workspace)
    {
        Dictionary<string, byte[]> files = new(StringComparer.Ordinal);
        foreach (string path in FolderFiles.In(workspace.Experiments, depth: SearchOption.AllDirectories))
        {
            files.Add(Path.Combine("experiments", Path.GetRelativePath(workspace.Experiments, path)), File.ReadAllBytes(path));
        }

        return files;
    }

    private static ContentHash Digest(Session session, IReadOnlyList<string> requested, Dictionary<string, byte[]> plan)
    {
        using PlanDigest digest = new();
        digest.Add("requested", string.Join('\n', requested))
            .Add("profile", session.Invocation.Profile)
            .Add("device", session.Invocation.Device)
            .Add("numerics", session.Probe)
            .Add("identity", Identity().Hex);
        foreach ((string name, byte[] content) in plan)
        {
            digest.Add(name, content);
        }

        return digest.Digest();
    }

    // build.sh's lock, where this host was built by it.
    private static string? Guard()
    {
        for (DirectoryInfo? folder = new(Workspace.Binaries); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NaturalThoughts.slnx")))
            {
                string guard = Path.Combine(folder.FullName, ".cache", "build.lock");
                return File.Exists(guard) ? guard : null;
            }
        }

        return null;
    }
}
