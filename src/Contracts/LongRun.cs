namespace NaturalThoughts.Contracts;

/// <summary>What lets a long stage go on where it was killed, and tell how it goes meanwhile. Part of no key; never changes a result.</summary>
/// <param name="Folder">
/// A folder for this key alone, which need not be there yet. What lies in it outlives the process; it is removed when the target is recorded.
/// </param>
public sealed record LongRun(string Folder)
{
    /// <summary>Time between two checkpoints; 0 for one after every step. Default 10 minutes.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Checkpoints that are kept, the latest ones; at least 1. Default 2.</summary>
    public int Kept { get; init; } = 2;

    /// <summary>A folder for logs that no result depends on, such as TensorBoard's; null for none.</summary>
    public string? Logs { get; init; }
}
