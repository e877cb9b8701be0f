namespace NaturalThoughts.Reporting.Locks;

/// <summary>One value that moved.</summary>
/// <param name="Name">Path below the cell, such as <c>hard.mean</c>.</param>
/// <param name="Old">As locked; empty where it was not.</param>
/// <param name="New">As it came out; empty where it did not.</param>
public sealed record LockChange(string Name, string Old, string New);
