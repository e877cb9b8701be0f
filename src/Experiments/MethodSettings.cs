using NaturalThoughts.Selection;

namespace NaturalThoughts.Experiments;

/// <summary>A named way to select: one of the selection methods with settings of its own.</summary>
/// <param name="Name">The name of the row, such as <c>VerbosityLow</c>.</param>
/// <param name="Options">The method and its settings; size and seed are those of a cell.</param>
public sealed record MethodSettings(string Name, SelectOptions Options);
