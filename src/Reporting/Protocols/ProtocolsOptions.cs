namespace NaturalThoughts.Reporting.Protocols;

/// <summary>Parameters of the <c>protocols</c> stage: those of a table, and the protocols that its answers were graded by.</summary>
public sealed record ProtocolsOptions : TableOptions
{
    /// <summary>The protocols, in the order of the rows.</summary>
    public required IReadOnlyList<string> Protocols { get; init; }
}
