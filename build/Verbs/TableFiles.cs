using NaturalThoughts.Build.Running;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Takes a table's files from the store to results/.</summary>
internal static class TableFiles
{
    /// <summary>Publishes the table and compares it with its lock.</summary>
    public static LockComparison Publish(Session session, TablePlan table, TargetResult result) =>
        With(session, result, folder => ResultFiles.Publish(folder, session.Workspace.Results(session.Invocation.Profile), table.Name));

    /// <summary>Hands a folder with the table's output files to an action.</summary>
    public static T With<T>(Session session, TargetResult result, Func<string, T> action)
    {
        using ScratchFolder scratch = session.Store.NewScratch();
        foreach ((string name, OutputFile file) in result.Record!.Outputs)
        {
            if (!session.Store.Restore(file, Path.Combine(scratch.FullPath, name)))
            {
                throw new InvalidOperationException($"The output '{name}' of {result.Address} vanished from the store during the run.");
            }
        }

        return action(scratch.FullPath);
    }
}
