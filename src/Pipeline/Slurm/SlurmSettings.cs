namespace NaturalThoughts.Pipeline.Slurm;

/// <summary>How jobs of a run are submitted and watched.</summary>
public sealed record SlurmSettings
{
    /// <summary>Resources of jobs with at least one target on tensors.</summary>
    public SlurmResources Tensors { get; init; } = new();

    /// <summary>Resources of jobs without a target on tensors.</summary>
    public SlurmResources Exact { get; init; } = new();

    /// <summary>Time between two looks at the queue.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The resources of a class.</summary>
    public SlurmResources Of(bool usesTensors) => usesTensors ? Tensors : Exact;
}
