namespace NaturalThoughts.Checkpoints;

/// <summary>The parameters of <see cref="ImportCheckpointStage"/>.</summary>
/// <param name="Files">The digest (SHA-256, hexadecimal) of each file of the folder, by name.</param>
/// <param name="ChatTemplate">The chat template in place of the folder's own; null for the latter.</param>
public sealed record ImportCheckpointOptions(SortedDictionary<string, string> Files, string? ChatTemplate = null);
