using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Keys;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Slurm;

/// <summary>Finds the targets that cannot be said to be there: those without a record, and all that read from one of them.</summary>
public static class MissingTargets
{
    /// <summary>The addresses in topological order.</summary>
    /// <param name="graph">The plan.</param>
    /// <param name="requested">The addresses whose outputs are wanted, whole.</param>
    /// <param name="store">Where records are.</param>
    /// <param name="keys">What goes into every key.</param>
    public static IReadOnlyList<string> Find(TargetGraph graph, IReadOnlyCollection<string> requested, ObjectStore store, KeyContext keys)
    {
        HashSet<string> wanted = new(requested, StringComparer.Ordinal);
        Dictionary<string, RunRecord> found = new(StringComparer.Ordinal);
        List<string> missing = [];
        foreach (string address in graph.Closure(requested))
        {
            RunRecord? record = graph.DependenciesOf(address).All(found.ContainsKey)
                ? store.FindRun(TargetKey.Of(graph[address], keys, from => found[from].Outputs).Hash)
                : null;
            if (record is not null && (!wanted.Contains(address) || store.HasVerified(record)))
            {
                found.Add(address, record);
            }
            else
            {
                missing.Add(address);
            }
        }

        return missing;
    }
}
