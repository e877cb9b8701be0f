using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Student.Stages;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>Collects targets; what they need of the machine follows from their stage.</summary>
/// <param name="profile">The profile.</param>
/// <param name="digestOf">Path of a file outside of the store to its digest.</param>
internal sealed class TargetList(Profile profile, Func<string, ContentHash> digestOf)
{
    private static readonly Dictionary<string, StageDescription> Stages =
        StageCatalog.Names.ToDictionary(name => name, name => StageCatalog.Create(name).Description, StringComparer.Ordinal);

    private readonly List<Target> _targets = [];
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);

    public IReadOnlyList<Target> All => _targets;

    /// <summary>Adds a target and gives its output back.</summary>
    public Output Add(Output output, string stage, JsonObject parameters, params IEnumerable<(string Role, Output From)> inputs)
    {
        _targets.Add(Make(output.Address, stage, parameters, inputs));
        return output;
    }

    /// <summary>
    /// Adds the target of a source, after what is made for it; parts of a pool may share that. Roles other than these and that of files outside
    /// of the store are bound to the records that are there already.
    /// </summary>
    public Output Add(RecordSource source, Func<string, Output?>? records = null)
    {
        (string Role, Output From)[] made =
            [.. source.Made.Select(part => (part.Role, _made.Add(part.Source.Output.Address) ? Add(part.Source, records) : part.Source.Output))];
        IEnumerable<string> others = Stages[source.Stage].Inputs.Where(role => role != source.Outside?.Role && made.All(part => part.Role != role));
        IEnumerable<(string Role, Output From)> inputs = made.Concat(others.Select(role =>
            (role, records?.Invoke(role) ?? throw new InvalidOperationException($"Nothing makes the input '{role}' of '{source.Stage}'."))));
        if (source.Outside is { } outside)
        {
            Target target = Make(source.Output.Address, source.Stage, outside.AddTo(source.Parameters, digestOf), inputs);
            _targets.Add(target with { Sources = new Dictionary<string, string> { [outside.Role] = outside.Folder } });
        }
        else
        {
            _targets.Add(Make(source.Output.Address, source.Stage, source.Parameters, inputs));
        }

        return source.Output;
    }

    private Target Make(string address, string stage, JsonObject parameters, IEnumerable<(string Role, Output From)> inputs) =>
        new(address, stage)
        {
            Parameters = parameters,
            Inputs = inputs.ToDictionary(input => input.Role, input => new TargetInput(input.From.Address, input.From.File), StringComparer.Ordinal),
            Resources = new TargetResources
            {
                UsesTensors = Stages[stage].UsesTensors,
                Threads = (int?)parameters[StageParameters.Name(nameof(FineTuneOptions.Training))]?[StageParameters.Name(nameof(TrainingOptions.Shards))] ?? 1,
                CheckpointInterval = profile.CheckpointInterval,
                KeptCheckpoints = profile.KeptCheckpoints,
                TimeLimit = profile.TimeLimit,
            },
        };
}
