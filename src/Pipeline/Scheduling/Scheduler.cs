using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Pipeline.Scheduling;

/// <summary>
/// Brings targets up to date: what is in the store is found, the rest runs, the most urgent first, on several slots at once.
/// A failure stops only what depends on it. Results do not depend on the number of slots.
/// </summary>
/// <param name="settings">What it works with.</param>
public sealed class Scheduler(RunSettings settings)
{
    /// <summary>Runs the closure of the requested targets.</summary>
    /// <param name="graph">The plan.</param>
    /// <param name="requested">The addresses whose outputs are wanted; these are verified even when they are cached.</param>
    /// <param name="cancellation">Stops the run: workers are ended, nothing partial is recorded, the report says what was interrupted.</param>
    /// <exception cref="UserErrorException">A requested address is unknown.</exception>
    public async Task<RunReport> RunAsync(TargetGraph graph, IReadOnlyCollection<string> requested, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Jobs, 1);
        HashSet<string> wanted = new(requested, StringComparer.Ordinal);
        Dictionary<string, RunNode> nodes = new(StringComparer.Ordinal);
        foreach (string address in graph.Closure(requested))
        {
            RunNode node = new(graph[address], wanted.Contains(address));
            nodes.Add(address, node);
            foreach (string dependency in graph.DependenciesOf(address))
            {
                RunNode producer = nodes[dependency];
                node.Producers.Add(producer);
                node.WaitingFor.Add(producer);
                producer.Consumers.Add(node);
            }
        }

        RunLoop loop = new(settings, [.. nodes.Values], cancellation);
        await loop.RunAsync().ConfigureAwait(false);
        if (settings.Shared is not null)
        {
            await settings.Shared.FlushAsync(cancellation).ConfigureAwait(false);
        }

        return new RunReport([.. nodes.Values.Select(node => node.Result!)]);
    }
}
