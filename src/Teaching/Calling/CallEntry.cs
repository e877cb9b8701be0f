using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>A finished call as it is kept. The bytes that the server sent lie beside it (<see cref="CallStore"/>).</summary>
public sealed record CallEntry
{
    /// <summary>The SHA-256 of <see cref="Request"/>, by which the call is found.</summary>
    public required ContentHash Key { get; init; }

    /// <summary>What the key is the digest of.</summary>
    public required JsonObject Request { get; init; }

    /// <summary>The reply that the server gave.</summary>
    public required CallReply Reply { get; init; }

    /// <summary>Seconds from sending to the end of the reply, of the attempt that was answered.</summary>
    public double Seconds { get; init; }

    /// <summary>Attempts that were not answered, by the kind of fault; empty where the first one was.</summary>
    public SortedDictionary<string, int> Faults { get; init; } = new(StringComparer.Ordinal);
}
