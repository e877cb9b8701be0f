using System.Text.RegularExpressions;

namespace NaturalThoughts.Answers.Extraction;

/// <summary>Where a commitment stands; one of the three says which kind.</summary>
/// <param name="Index">Its first character.</param>
/// <param name="Label">A label or a statement.</param>
/// <param name="Boxed">What a box holds.</param>
/// <param name="Letter">The letter that a phrase chooses.</param>
internal readonly record struct Place(int Index, Match? Label, string? Boxed, string? Letter);
