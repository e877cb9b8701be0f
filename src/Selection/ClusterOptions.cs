using NaturalThoughts.Contracts;

namespace NaturalThoughts.Selection;

/// <summary>The parameters of <see cref="ClusterStage"/>.</summary>
public sealed record ClusterOptions
{
    /// <summary>Clusters by excess of mass: those that persist longest in the tree.</summary>
    public const string ExcessOfMass = "eom";

    /// <summary>The leaves of the tree: many small clusters.</summary>
    public const string Leaf = "leaf";

    /// <summary>Fewest questions of a cluster; 2 or more.</summary>
    public required int MinClusterSize { get; init; }

    /// <summary>Which nearest other question gives the core distance; 1 or more, null for <see cref="MinClusterSize"/>.</summary>
    public int? MinSamples { get; init; }

    /// <summary><see cref="ExcessOfMass"/> or <see cref="Leaf"/>.</summary>
    public required string Method { get; init; }

    /// <summary>All that is wrong with these options; the location of each is the name of the parameter.</summary>
    public IReadOnlyList<UserError> Validate()
    {
        List<UserError> errors = [];
        if (MinClusterSize < 2)
        {
            errors.Add(new UserError($"The cluster size {MinClusterSize} is below 2.", "minClusterSize", "Give the fewest questions that make a cluster."));
        }

        if (MinSamples < 1)
        {
            errors.Add(new UserError($"The number {MinSamples} is below 1.", "minSamples", "Give a number of neighbours, or leave it out."));
        }

        string[] methods = [ExcessOfMass, Leaf];
        if (!methods.Contains(Method, StringComparer.Ordinal))
        {
            errors.Add(new UserError($"There is no way of choosing clusters named '{Method}'.", "method", NearestName.Hint(Method, methods)));
        }

        return errors;
    }
}
