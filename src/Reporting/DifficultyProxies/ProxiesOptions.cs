namespace NaturalThoughts.Reporting.DifficultyProxies;

/// <summary>Parameters of the <c>proxies</c> stage: those of a table of one benchmark, and the signals.</summary>
public sealed record ProxiesOptions : TableOptions
{
    /// <summary>The signals and their targets.</summary>
    public required ProxySettings Proxies { get; init; }
}
