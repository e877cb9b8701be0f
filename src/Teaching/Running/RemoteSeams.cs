namespace NaturalThoughts.Teaching.Running;

/// <summary>What tests put in place of clock and network.</summary>
internal sealed record RemoteSeams
{
    public TimeProvider? Clock { get; init; }

    public Func<HttpMessageHandler>? Network { get; init; }
}
