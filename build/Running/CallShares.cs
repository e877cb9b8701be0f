using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Build.Running;

/// <summary>
/// Cuts the limits of calls into equal shares, one for each target of a cluster's run that calls models: jobs share no memory, and together
/// they must stay below the limits.
/// </summary>
internal static class CallShares
{
    private const string Offline = "offline";
    private const string Targets = "targets";
    private const string Calls = "maxCalls";
    private const string Cost = "maxCost";

    /// <summary>What the description of a run says of calls.</summary>
    /// <param name="invocation">The command.</param>
    /// <param name="graph">The plan.</param>
    /// <param name="missing">The targets that jobs make.</param>
    public static JsonObject Of(Invocation invocation, TargetGraph graph, IReadOnlyList<string> missing)
    {
        string[] calling = [.. missing.Where(address => StageCatalog.Create(graph[address].StageName).Description.CallsModels)];
        JsonObject shares = new() { [Offline] = invocation.Has(Offline), [Targets] = new JsonArray([.. calling.Select(address => (JsonNode)address)]) };
        if (calling.Length > 0)
        {
            shares[Calls] = invocation.MaxCalls / calling.Length;
            shares[Cost] = (invocation.MaxCost / calling.Length)?.ToString(CultureInfo.InvariantCulture);
        }

        return shares;
    }

    /// <summary>What a job with these targets may spend; null for any number.</summary>
    /// <param name="shares">What <see cref="Of"/> gave; null where nothing is limited.</param>
    /// <param name="addresses">The job's targets.</param>
    public static (long? MaxCalls, decimal? MaxCost, bool Offline) For(JsonObject? shares, IReadOnlyCollection<string> addresses)
    {
        if (shares is null)
        {
            return (null, null, false);
        }

        int own = shares[Targets]!.AsArray().Count(address => addresses.Contains((string)address!));
        decimal? cost = (string?)shares[Cost] is { } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;
        return ((long?)shares[Calls] * own, cost * own, (bool)shares[Offline]!);
    }
}
