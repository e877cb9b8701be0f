using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Store;

/// <summary>What a successful run left: the memory of a target. A hit replays its counts and warnings.</summary>
public sealed record RunRecord
{
    /// <summary>The hash of <see cref="Document"/>.</summary>
    public required ContentHash Key { get; init; }

    /// <summary>The document that was hashed into the key: stage, code, resolved parameters, input digests, numerics.</summary>
    public required JsonObject Document { get; init; }

    /// <summary>Every output by name: a relative path with forward slashes.</summary>
    public required SortedDictionary<string, OutputFile> Outputs { get; init; }

    /// <summary>What the stage counted and warned of.</summary>
    public StageResult Result { get; init; } = new();

    /// <summary>The address it was first made for. Outside of the identity.</summary>
    public required string Address { get; init; }

    /// <summary>When it started. Outside of the identity.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>How long it took. Outside of the identity.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Host, device, versions: whatever the caller tells of the machine. Outside of the identity.</summary>
    public JsonObject Circumstances { get; init; } = [];

    /// <summary>The stage's name, from the document.</summary>
    public string StageName => (string?)Document["stage"] ?? "";
}
