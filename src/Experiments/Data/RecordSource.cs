using System.Text.Json.Nodes;

namespace NaturalThoughts.Experiments.Data;

/// <summary>
/// Where one kind of record comes from: the stage that makes it and what it is told. Nothing downstream knows which stage it was.
/// The stage's roles are bound to what came before: questions, traces, answers.
/// </summary>
/// <param name="Output">The target and its file with the records.</param>
/// <param name="Stage">The stage's name.</param>
/// <param name="Parameters">The stage's parameters, without the digests of files.</param>
public sealed record RecordSource(Output Output, string Stage, JsonObject Parameters)
{
    /// <summary>What the stage reads that is made for it alone, by role: prompts, annotations in raw names, parts of a pool.</summary>
    public IReadOnlyList<(string Role, RecordSource Source)> Made { get; init; } = [];

    /// <summary>Files outside of the store that the stage reads; null for none.</summary>
    public OutsideFiles? Outside { get; init; }
}
