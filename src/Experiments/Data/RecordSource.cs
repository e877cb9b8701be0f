using System.Text.Json.Nodes;

namespace NaturalThoughts.Experiments.Data;

/// <summary>
/// Where one kind of record comes from: the stage that makes it and what it is told. Nothing downstream knows which stage it was.
/// The stage's roles that <see cref="Files"/> does not name are bound to what came before: questions, traces, answers.
/// </summary>
/// <param name="Output">The target and its file with the records.</param>
/// <param name="Stage">The stage's name.</param>
/// <param name="Parameters">The stage's parameters.</param>
public sealed record RecordSource(Output Output, string Stage, JsonObject Parameters)
{
    /// <summary>Role to a file or folder outside of the store; the parameters name the digests of what the stage may take from there.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();
}
