namespace NaturalThoughts.Reporting.Diagnosing;

/// <summary>One thing that may be wrong with a student: a number, a test with its threshold, and what to look at.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="State">What the test says.</param>
/// <param name="Number">The number with its interval or p; why there is none where it was not tested.</param>
/// <param name="Threshold">When it trips.</param>
/// <param name="LookAt">What to look at next.</param>
public sealed record Diagnosis(string Name, DiagnosisState State, string Number, string Threshold, string LookAt);
