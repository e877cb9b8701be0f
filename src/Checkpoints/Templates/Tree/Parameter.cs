namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>A macro's parameter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">Its default; null for none.</param>
internal sealed record Parameter(string Name, Expression? Default);
