namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>A piece of a template's tree.</summary>
/// <param name="Line">Where it begins.</param>
internal abstract record Node(int Line);
