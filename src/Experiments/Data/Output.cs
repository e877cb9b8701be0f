namespace NaturalThoughts.Experiments.Data;

/// <summary>What a target leaves for others.</summary>
/// <param name="Address">The target's address.</param>
/// <param name="File">The name of the file; null for all files, as a folder.</param>
public readonly record struct Output(string Address, string? File);
