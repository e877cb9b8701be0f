using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Reporting;
using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Build.Results;

/// <summary>Takes a table's files from the store to results/.</summary>
internal static class TableFiles
{
    /// <summary>The path of a table's lock.</summary>
    public static string LockOf(Session session, TablePlan table) =>
        Path.Combine(session.Workspace.Results(session.Invocation.Profile), table.Name + ".lock.json");

    /// <summary>A path as messages show it: from the checkout's folder.</summary>
    public static string Shown(Session session, string path) => Path.GetRelativePath(session.Workspace.Root, path);

    /// <summary>
    /// The files for people in results/ that are not what the table's targets make: edited by hand, or left by an earlier run. The lock does
    /// not speak of all of them. A file that is missing is not among them.
    /// </summary>
    public static IReadOnlyList<string> Stale(Session session, TablePlan table, string folder)
    {
        string results = session.Workspace.Results(session.Invocation.Profile);
        return
        [
            .. new[] { (TableStage.Csv, ".csv"), (TableStage.Markdown, ".md"), (TableStage.Figure, ".svg") }.Concat(ResultFiles.More)
                .Select(file => (Made: Path.Combine(folder, file.Item1), Published: Path.Combine(results, table.Name + file.Item2)))
                .Where(file => File.Exists(file.Published) && File.Exists(file.Made) && ContentHash.OfFile(file.Published) != ContentHash.OfFile(file.Made))
                .Select(file => Shown(session, file.Published)),
        ];
    }

    /// <summary>What to do about a lock that does not hold.</summary>
    public static string Advice(Session session, TablePlan table, LockComparison comparison)
    {
        string profile = session.Invocation.Profile;
        if (comparison.NotComparable)
        {
            return "Another processor, device or libtorch computes with other bits, so the values cannot be compared. Verify where the lock was made, or "
                + "lock a profile of your own.";
        }

        if (!comparison.Cells.All(cell => cell.Verdict == LockVerdict.Holds))
        {
            return $"Where the new values are right: {Accept("why they are")}";
        }

        return comparison.Changes.Count == 0
            ? $"Every value is the lock's; a file was changed. Take it from git, or let --target={table.Name} --profile={profile} write it anew."
            : $"Every value is the lock's; what the table computes from them is not. Where that is right: {Accept("why it is")}";

        string Accept(string reason) => $"./build.sh --target=Verify {table.Name} --profile={profile} --accept --reason=\"{reason}\"";
    }

    /// <summary>Publishes the table and compares it with its lock.</summary>
    /// <param name="session">The session.</param>
    /// <param name="table">The table.</param>
    /// <param name="recordOf">Address to the record of its run, for the table's whole closure.</param>
    public static Publication Publish(Session session, TablePlan table, Func<string, RunRecord> recordOf) => With(session, recordOf(table.Address), folder =>
    {
        using KeyLock turn = TakeTurn(session, table);
        bool first = !File.Exists(LockOf(session, table));
        IReadOnlyList<string> stale = Stale(session, table, folder);
        return new Publication(
            table, ResultFiles.Publish(Result(session, table, folder, recordOf), session.Workspace.Results(session.Invocation.Profile)), first, stale);
    });

    /// <summary>What a table's stage made, with where it came from.</summary>
    public static TableResult Result(Session session, TablePlan table, string folder, Func<string, RunRecord> recordOf) => new(table.Name, folder)
    {
        Provenance = new ProvenanceBuilder(session, recordOf).Of(table, new TableCells(session.Graph[table.Address]).Seeds),
        Questions = new QuestionIds(session.Store).Find,
    };

    // Runs of one checkout that end together would write the same temporary files.
    private static KeyLock TakeTurn(Session session, TablePlan table) =>
        session.Store.Lock(ContentHash.OfText("publish " + Path.Combine(session.Workspace.Results(session.Invocation.Profile), table.Name)));

    /// <summary>Hands a folder with the table's output files to an action.</summary>
    public static T With<T>(Session session, RunRecord record, Func<string, T> action)
    {
        using ScratchFolder scratch = session.Store.NewScratch();
        foreach ((string name, OutputFile file) in record.Outputs)
        {
            if (!session.Store.Restore(file, Path.Combine(scratch.FullPath, name)))
            {
                throw new InvalidOperationException($"The output '{name}' of {record.Address} vanished from the store during the run.");
            }
        }

        return action(scratch.FullPath);
    }
}
