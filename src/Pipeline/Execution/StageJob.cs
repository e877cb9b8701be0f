using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Pipeline.Execution;

/// <summary>One run of a stage, ready to go: everything by path.</summary>
public sealed record StageJob
{
    /// <summary>The target's address, for messages.</summary>
    public required string Address { get; init; }

    /// <summary>The name of the stage that runs.</summary>
    public required string StageName { get; init; }

    /// <summary>The parameters of the stage, as JSON.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>Role to path of a file or folder, to be read only.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>An empty folder for the outputs.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Threads that the stage may use.</summary>
    public int Threads { get; init; } = 1;

    /// <summary><c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>What a long stage may use to survive being killed; null for nothing.</summary>
    public LongRun? LongRun { get; init; }

    /// <summary>What a stage that calls remote models uses; null for all others. It runs in this process.</summary>
    public RemoteCalls? Remote { get; init; }

    /// <summary>True when it belongs into a worker process.</summary>
    public bool UsesTensors { get; init; }

    /// <summary>The job of a target whose inputs are in place.</summary>
    /// <param name="target">The target.</param>
    /// <param name="inputs">Role to path.</param>
    /// <param name="outputFolder">An empty folder.</param>
    /// <param name="device">Where tensors live.</param>
    /// <param name="longRun">What a stage on tensors may keep between attempts; null for nothing.</param>
    public static StageJob Of(Target target, IReadOnlyDictionary<string, string> inputs, string outputFolder, string device, LongRun? longRun = null) => new()
    {
        Address = target.Address,
        StageName = target.StageName,
        Parameters = target.Parameters.DeepClone().AsObject(),
        Inputs = inputs,
        OutputFolder = outputFolder,
        Threads = target.Resources.Threads,
        Device = target.Resources.UsesTensors ? device : "cpu",
        LongRun = target.Resources.UsesTensors ? longRun : null,
        UsesTensors = target.Resources.UsesTensors,
    };
}
