using NaturalThoughts.Pipeline.Planning;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Scheduling;

/// <summary>Orders targets by the longest chain behind them, so that the chain that ends last starts first.</summary>
internal static class Urgency
{
    /// <summary>Sets every node's urgency. The nodes are in topological order.</summary>
    public static void Set(IReadOnlyList<RunNode> nodes, ObjectStore store)
    {
        RunEstimator estimator = new(store.History.Read());
        foreach (RunNode node in nodes.Reverse())
        {
            node.Urgency = estimator.Of(node.Target).Seconds + node.Consumers.Select(consumer => consumer.Urgency).DefaultIfEmpty(0).Max();
        }
    }
}
