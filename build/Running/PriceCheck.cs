using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Build.Running;

/// <summary>A limit of cost holds only where something has a price.</summary>
internal static class PriceCheck
{
    /// <summary>Checks that at least one model that a run may call has a price, where cost is limited.</summary>
    /// <exception cref="UserErrorException">None has.</exception>
    public static void Require(decimal? maxCost, TargetGraph graph, IReadOnlyList<string> closure)
    {
        Target[] calling = maxCost is null
            ? []
            : [.. closure.Select(address => graph[address]).Where(target => StageCatalog.Create(target.StageName).Description.CallsModels)];
        if (calling.Length > 0
            && calling.All(target => target.Parameters["endpoint"]!["prices"] is not { } prices || prices.AsObject().All(price => (double)price.Value! == 0)))
        {
            throw new UserErrorException(
                "--max-cost limits nothing: no model that this run may call has a price.",
                "--max-cost",
                "Add 'prices: {inputPerMillion: ..., outputPerMillion: ...}' beside its endpoint, or limit calls by --max-calls.");
        }
    }
}
