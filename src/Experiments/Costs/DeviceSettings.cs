namespace NaturalThoughts.Experiments.Costs;

/// <summary>How fast the machine is that a prediction is for. Operations are those of docs/performance.md: what is computed again does not count.</summary>
public sealed record DeviceSettings
{
    /// <summary>What it is called, such as <c>NVIDIA H200</c>.</summary>
    public required string Name { get; init; }

    /// <summary>10^12 operations of training a second; prompts and embeddings are read at the same rate.</summary>
    public required double TrainingTflops { get; init; }

    /// <summary>10^12 operations a second while tokens are generated one after another.</summary>
    public required double GenerationTflops { get; init; }

    /// <summary>Seconds that a target takes beside: start, loading, writing.</summary>
    public double SecondsPerTarget { get; init; }

    /// <summary>Memory in 10^9 bytes; null where it does not matter.</summary>
    public double? MemoryGb { get; init; }

    /// <summary>Price of an hour; 0 for none.</summary>
    public double PricePerHour { get; init; }

    /// <summary>Rows of text a second that stages without tensors read and write.</summary>
    public required double RowsPerSecond { get; init; }
}
