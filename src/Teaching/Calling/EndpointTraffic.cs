using NaturalThoughts.Contracts;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>
/// The calls under way and the rates of one model behind one endpoint. All targets of a run that ask it under the same limits share them, such
/// as the shards of a pool: the limits are the server's, whoever calls.
/// </summary>
internal sealed class EndpointTraffic : IDisposable
{
    private EndpointTraffic(CallLimits limits, TimeProvider clock)
    {
        Concurrency = new AdaptiveConcurrency(limits.StartConcurrency, limits.MaxConcurrency, clock);
        Gate = new ConcurrencyGate(Concurrency, clock);
        Rates = new CallRates(limits);
    }

    /// <summary>How many calls may be under way.</summary>
    public AdaptiveConcurrency Concurrency { get; }

    /// <summary>Where calls wait for room.</summary>
    public ConcurrencyGate Gate { get; }

    /// <summary>Requests and tokens a minute.</summary>
    public CallRates Rates { get; }

    /// <summary>The traffic of an endpoint in a run.</summary>
    public static EndpointTraffic Of(RemoteCalls remote, EndpointOptions endpoint, TimeProvider clock) => remote.Scope.Get(
        (endpoint.Url, endpoint.AddressVariable, endpoint.Model, endpoint.Limits), () => new EndpointTraffic(endpoint.Limits, clock));

    /// <inheritdoc />
    public void Dispose()
    {
        Gate.Dispose();
        Rates.Dispose();
    }
}
