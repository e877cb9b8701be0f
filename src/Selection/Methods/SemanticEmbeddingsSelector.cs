using System.Globalization;

namespace NaturalThoughts.Selection.Methods;

/// <summary>Uniform over the clusters of the embeddings, then uniform within; what is in no cluster is treated by the noise policy.</summary>
internal sealed class SemanticEmbeddingsSelector(SemanticEmbeddingsOptions options) : ISelector
{
    public IReadOnlyList<string> Needs => [Roles.Clusters];

    public IReadOnlyList<string> Select(IReadOnlyList<Candidate> candidates, int size, Draws draws)
    {
        List<Candidate> clustered = [.. candidates.Where(candidate => options.Noise == NoisePolicy.Cluster || candidate.Signals.Cluster >= 0)];
        return clustered.Count >= size
            ? EqualShares.Select(clustered, candidate => candidate.Signals.Cluster!.Value.ToString(CultureInfo.InvariantCulture), size, draws)
            : throw Shortage.Error(
                SelectionMethod.SemanticEmbeddings,
                size,
                clustered.Count,
                candidates.Count,
                "are in a cluster",
                options.Noise == NoisePolicy.Exclude
                    ? "Select fewer, use 'noise: cluster', lower minClusterSize or minSamples of the clustering, or enlarge the pool."
                    : "Select fewer, or enlarge the pool.");
    }
}
