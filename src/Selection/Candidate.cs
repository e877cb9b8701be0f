namespace NaturalThoughts.Selection;

/// <summary>A question of the pool and what a method may select it by.</summary>
/// <param name="Id">The question.</param>
/// <param name="Signals">What is known of it; in the control, what is known of another question.</param>
internal sealed record Candidate(string Id, Signals Signals);
