using Cake.Core.Diagnostics;
using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Housekeeping;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Frees the store of what neither locks nor the last runs need.</summary>
internal static class GcVerb
{
    // Whoever comes back to an interrupted training comes back within this time.
    private static readonly TimeSpan Patience = TimeSpan.FromDays(14);

    /// <summary>Deletes it, or says on --dryrun what would go.</summary>
    public static async Task<ExitCode> RunAsync(Command command)
    {
        (Invocation invocation, TextWriter output, _, CancellationToken cancellation) = command;
        Workspace workspace = command.Workspace;
        if (!Directory.Exists(workspace.Store))
        {
            await output.WriteLineAsync($"Nothing to delete: {workspace.Store} does not exist.");
            return ExitCode.Done;
        }

        IReadOnlyList<string> locks = LockedDigests.Locks(workspace);
        KeepRules rules = new()
        {
            Locked = LockedDigests.Read(workspace, locks),
            Runs = invocation.Keep ?? 1,
            InterruptedSince = TimeProvider.System.GetUtcNow() - Patience,
            Heavy = invocation.Has("weights"),
            IsHeavy = name => Path.GetExtension(name) == Path.GetExtension(CheckpointFolder.Weights),
        };
        bool dry = invocation.Has("dryrun");
        Garbage garbage = dry ? GarbageCollector.Find(workspace.Store, rules) : GarbageCollector.Collect(workspace.Store, rules, cancellation);
        if (invocation.Verbosity >= Verbosity.Normal)
        {
            await WriteListAsync(garbage, output);
        }

        if (invocation.Verbosity >= Verbosity.Minimal)
        {
            await output.WriteLineAsync(
                $"Kept: {Format.Many(garbage.KeptRecords, "run")}, {Format.Many(garbage.KeptObjects.Count, "file")}, "
                + $"{Format.Bytes(garbage.KeptObjects.Bytes)}; "
                + $"{Format.Many(garbage.LockedRecords, "run")} of them behind {Format.Many(locks.Count, "lock")} ({garbage.LockedFound} of "
                + $"{rules.Locked.Count} digests are here), "
                + $"the rest what the last {(rules.Runs == 1 ? "run" : $"{rules.Runs} runs")} of each target used.");
            await output.WriteLineAsync(garbage.IsEmpty
                ? "Nothing to delete."
                : $"{(dry ? "Would delete" : "Deleted")}: {Format.Many(garbage.Runs.Count, "run")}, {Format.Many(garbage.Objects, "file")}, "
                    + $"{Format.Bytes(garbage.Bytes + garbage.Interrupted.Sum(item => item.Bytes))}.");
        }

        return ExitCode.Done;
    }

    private static async Task WriteListAsync(Garbage garbage, TextWriter output)
    {
        foreach ((RunRecord record, long bytes) in garbage.Runs)
        {
            await output.WriteLineAsync($"delete   {Format.Bytes(bytes),10}  {record.Address} of {record.Started:yyyy-MM-dd HH:mm}Z (key {record.Key.Short})");
        }

        foreach ((RunRecord record, long bytes) in garbage.Stripped)
        {
            await output.WriteLineAsync(
                $"weights  {Format.Bytes(bytes),10}  {record.Address} of {record.Started:yyyy-MM-dd HH:mm}Z (key {record.Key.Short}); "
                + "the run stays, --weights keeps them");
        }

        if (garbage.Orphans.Count > 0)
        {
            await output.WriteLineAsync($"orphans  {Format.Bytes(garbage.Orphans.Bytes),10}  {Format.Many(garbage.Orphans.Count, "file")} that no run names");
        }

        foreach ((string folder, long bytes) in garbage.Interrupted)
        {
            await output.WriteLineAsync(
                $"delete   {Format.Bytes(bytes),10}  checkpoints of a training that was interrupted over {Patience.Days} days ago or is done "
                + $"({Path.GetFileName(folder)[..12]})");
        }

        if (garbage.Damaged > 0)
        {
            await output.WriteLineAsync($"damaged  {Format.Many(garbage.Damaged, "record")} or stray {(garbage.Damaged == 1 ? "file" : "files")}");
        }
    }
}
