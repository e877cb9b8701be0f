namespace NaturalThoughts.Pipeline.Sharing;

/// <summary>A shared storage did not do what was asked. The message says why, as the end of a sentence, without credentials.</summary>
public sealed class SharedStorageException(StorageFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What it means for the next request.</summary>
    public StorageFault Fault { get; } = fault;
}
