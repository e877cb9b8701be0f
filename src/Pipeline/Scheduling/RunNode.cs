using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Keys;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Scheduling;

/// <summary>The state of one target during a run; touched by the coordinator only.</summary>
internal sealed class RunNode(Target target, bool requested)
{
    public Target Target { get; } = target;

    /// <summary>Asked for by the user: its outputs are read, so a hit must have them whole.</summary>
    public bool Requested { get; } = requested;

    /// <summary>A consumer found an output missing or damaged: only a record whose outputs are whole counts as a hit.</summary>
    public bool Repair { get; set; }

    /// <summary>How often it sent its producers back; a bound against a disk that eats files.</summary>
    public int Repairs { get; set; }

    public List<RunNode> Producers { get; } = [];

    public List<RunNode> Consumers { get; } = [];

    public HashSet<RunNode> WaitingFor { get; } = [];

    public TargetKey? Key { get; set; }

    /// <summary>What the key was computed from: producer's address to its outputs at that time.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, OutputFile>> Bound { get; set; } =
        new Dictionary<string, IReadOnlyDictionary<string, OutputFile>>();

    public TargetResult? Result { get; set; }

    /// <summary>Seconds from its start to the end of the longest chain behind it, estimated.</summary>
    public double Urgency { get; set; }

    public bool NeedsWholeOutputs => Requested || Repair;

    public IReadOnlyDictionary<string, OutputFile> Outputs => Result!.Record!.Outputs;
}
