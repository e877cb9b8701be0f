using System.Text.Json.Nodes;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>Collects targets; what they need of the machine follows from their stage.</summary>
internal sealed class TargetList(Profile profile)
{
    private static readonly HashSet<string> TensorStages =
        [.. StageCatalog.Names.Where(name => StageCatalog.Create(name).Description.UsesTensors)];

    private readonly List<Target> _targets = [];

    public IReadOnlyList<Target> All => _targets;

    public void Add(string address, string stage, JsonObject parameters, params IEnumerable<(string Role, string From, string? File)> inputs) =>
        _targets.Add(Make(address, stage, parameters, inputs));

    /// <summary>Adds a target that reads a folder outside of the store.</summary>
    public void AddImport(string address, string stage, JsonObject parameters, string role, string folder) =>
        _targets.Add(Make(address, stage, parameters, []) with { Sources = new Dictionary<string, string> { [role] = folder } });

    private Target Make(string address, string stage, JsonObject parameters, IEnumerable<(string Role, string From, string? File)> inputs) =>
        new(address, stage)
        {
            Parameters = parameters,
            Inputs = inputs.ToDictionary(input => input.Role, input => new TargetInput(input.From, input.File), StringComparer.Ordinal),
            Resources = new TargetResources
            {
                UsesTensors = TensorStages.Contains(stage),
                Threads = (int?)parameters["training"]?["shards"] ?? 1,
                CheckpointInterval = profile.CheckpointInterval,
                KeptCheckpoints = profile.KeptCheckpoints,
                TimeLimit = profile.TimeLimit,
            },
        };
}
