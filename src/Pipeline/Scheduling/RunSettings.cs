using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Code;
using NaturalThoughts.Pipeline.Execution;
using NaturalThoughts.Pipeline.Keys;
using NaturalThoughts.Pipeline.Sharing;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Scheduling;

/// <summary>What a scheduler works with.</summary>
public sealed record RunSettings
{
    /// <summary>Where results are kept.</summary>
    public required ObjectStore Store { get; init; }

    /// <summary>What keys depend on besides their targets: code and numerics.</summary>
    public required KeyContext Keys { get; init; }

    /// <summary>Stage name to stage: for its description.</summary>
    public required Func<string, IStage> Catalog { get; init; }

    /// <summary>Where stages run.</summary>
    public required ITargetExecutor Executor { get; init; }

    /// <summary>Targets that run at once; at least 1. Never changes a result.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary><c>cpu</c> or <c>cuda</c>, for stages on tensors; the key holds it by way of the numerics.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The clock of records and durations.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What records tell of the machine beside its name: device, versions. Outside of every identity.</summary>
    public JsonObject Circumstances { get; init; } = [];

    /// <summary>Where stages may leave logs, a folder for each address; null for nowhere.</summary>
    public string? Logs { get; init; }

    /// <summary>The code identity, whose details are kept for later explanations; null to keep none.</summary>
    public CodeIdentity? Code { get; init; }

    /// <summary>Where others leave what they ran, and this run what it does; null for none. Never changes a result.</summary>
    public SharedCache? Shared { get; init; }

    /// <summary>What stages that call remote models may use; null for the store's own folder of calls and no limits. Never changes a result.</summary>
    public RemoteCalls? Calls { get; init; }

    /// <summary>
    /// The targets that may run, where others are in other hands: what is not among them is in the store or counts as failed; null for all.
    /// </summary>
    public IReadOnlySet<string>? Only { get; init; }

    /// <summary>Targets that run somewhere else by themselves; null for none.</summary>
    public IRemoteTargets? Remote { get; init; }

    /// <summary>Receives the events of the run; null for none.</summary>
    public IRunObserver? Observer { get; init; }
}
