using System.Text.Json.Nodes;

namespace NaturalThoughts.Pipeline.Graph;

/// <summary>One run of one stage, content-hashed: a stage name, its parameters, and where its inputs come from.</summary>
/// <param name="Address">
/// The target's name in the plan, unique, such as <c>Table1/Random/1000/System2/seed1/fine-tune</c>. Never part of its key.
/// </param>
/// <param name="StageName">The stage that makes it.</param>
public sealed record Target(string Address, string StageName)
{
    /// <summary>The stage's parameters; all of them are part of the key.</summary>
    public JsonObject Parameters { get; init; } = [];

    /// <summary>The role of each input, and where it comes from.</summary>
    public IReadOnlyDictionary<string, TargetInput> Inputs { get; init; } = new Dictionary<string, TargetInput>();

    /// <summary>
    /// Role to a folder outside of the store. Never part of the key: the parameters name the digests of the files that the stage may take
    /// from there, and the stage checks them.
    /// </summary>
    public IReadOnlyDictionary<string, string> Sources { get; init; } = new Dictionary<string, string>();

    /// <summary>What it needs of the machine.</summary>
    public TargetResources Resources { get; init; } = new();

    /// <summary>The addresses that it reads from, each once, in ordinal order.</summary>
    public IReadOnlyList<string> Dependencies =>
        [.. Inputs.Values.Select(input => input.TargetAddress).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
