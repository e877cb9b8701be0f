namespace NaturalThoughts.Pipeline.Graph;

/// <summary>What a target needs of the machine. Never part of its key.</summary>
public sealed record TargetResources
{
    /// <summary>True for a target that computes on tensors: it runs in a worker process, and its key holds the numerics.</summary>
    public bool UsesTensors { get; init; }

    /// <summary>Threads that the stage may use; at least 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Time between two checkpoints of a stage that keeps any.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Checkpoints that such a stage keeps; at least 1.</summary>
    public int KeptCheckpoints { get; init; } = 2;

    /// <summary>How long it may take before it is stopped as failed; null for no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }
}
