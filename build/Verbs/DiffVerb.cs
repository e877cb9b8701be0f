using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Results;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Planning;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Reporting.Diff;
using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Build.Verbs;

/// <summary>
/// Compares this checkout's locked results with those of another place. Runs nothing and writes nothing; where the store holds the runs of
/// both sides, it says why they differ.
/// </summary>
internal static class DiffVerb
{
    /// <summary>Compares the named tables, or all that either side has.</summary>
    /// <exception cref="UserErrorException">The other place is none, a table is in neither, or a lock is no lock.</exception>
    public static async Task<ExitCode> RunAsync(Command command)
    {
        (Invocation invocation, TextWriter output, TextWriter error, CancellationToken cancellation) = command;
        Workspace workspace = command.Workspace;
        ResultsPlace old = await ResultsPlace.FindAsync(workspace, invocation.Against!, invocation.Profile, cancellation);
        ResultsPlace now = ResultsPlace.Folder(workspace.Results(invocation.Profile), "this checkout");
        string[] known = [.. old.Tables.Union(now.Tables, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        foreach (string name in invocation.Addresses.Where(name => !known.Contains(name)))
        {
            throw new UserErrorException($"There is no lock of a table '{name}' on either side.", "Diff", NearestName.Hint(name, known));
        }

        using ObjectStore? store = Directory.Exists(workspace.Store)
            ? new ObjectStore(workspace.Store, warning => error.WriteLine("warning: " + warning))
            : null;
        OutputCause? cause = store is null ? null : new OutputCause(store);
        QuestionIds? questions = store is null ? null : new QuestionIds(store);
        TableDiff[] diffs = [.. (invocation.Addresses.Count > 0 ? invocation.Addresses.Distinct() : known).Select(table => TableDiff.Of(
            table,
            old.Name,
            old.Side(table),
            now.Side(table),
            (benchmark, digest) => questions?.Find(benchmark, digest),
            step => cause?.Between(step.Old, step.New)))];
        await output.WriteAsync(invocation.Format switch
        {
            "html" => DiffPage.Write(diffs),
            "markdown" => string.Join('\n', diffs.Select(DiffText.Markdown)),
            _ => string.Concat(diffs.Select(DiffText.Plain)),
        });
        foreach (string table in now.Tables.Where(table =>
            diffs.Any(diff => diff.Table == table) && ResultFiles.HasOtherValues(workspace.Results(invocation.Profile), table)))
        {
            await error.WriteLineAsync(
                $"note: {table}.csv holds other values than its lock, which is what is compared here; --target=Verify {table} says which.");
        }

        return ExitCode.Done;
    }
}
