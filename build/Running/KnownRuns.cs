using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Keys;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Build.Running;

/// <summary>What is known of targets without running them: their records and files in the store, or in the shared cache.</summary>
internal static class KnownRuns
{
    /// <summary>Address to record, of the targets and of all that they were made from; what is missing has no entry.</summary>
    public static async Task<Dictionary<string, RunRecord>> FindAsync(Session session, IReadOnlyList<string> targets, CancellationToken cancellation)
    {
        Dictionary<string, RunRecord> records = new(StringComparer.Ordinal);
        KeyContext keys = session.Keys;
        foreach (string target in session.Graph.Closure([.. targets]))
        {
            if (!session.Graph.DependenciesOf(target).All(records.ContainsKey))
            {
                continue;
            }

            ContentHash key = TargetKey.Of(session.Graph[target], keys, dependency => records[dependency].Outputs).Hash;
            RunRecord? record = session.Store.FindRun(key);
            if (record is null && session.Shared is { } shared)
            {
                record = await shared.FindRunAsync(key, cancellation);
            }

            if (record is not null)
            {
                records.Add(target, record);
            }
        }

        return records;
    }

    /// <summary>The path of an output; null where neither the store nor the shared cache has it.</summary>
    public static async Task<string?> PathOfAsync(Session session, OutputFile file, CancellationToken cancellation) =>
        session.Store.Find(file) ?? (session.Shared is { } shared && await shared.PullAsync(file, cancellation) ? session.Store.Find(file) : null);
}
