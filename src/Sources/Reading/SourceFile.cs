using NaturalThoughts.Contracts;

namespace NaturalThoughts.Sources.Reading;

/// <summary>A file from outside.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">What messages and reports call it: its name below the source's folder, which says nothing of the machine.</param>
/// <param name="Digest">The SHA-256 of its bytes.</param>
public sealed record SourceFile(string Path, string Name, ContentHash Digest);
