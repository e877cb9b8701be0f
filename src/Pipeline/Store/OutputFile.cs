using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Store;

/// <summary>One output of a run, by content.</summary>
/// <param name="Digest">SHA-256 of its bytes.</param>
/// <param name="Size">Its length in bytes.</param>
public readonly record struct OutputFile(ContentHash Digest, long Size);
