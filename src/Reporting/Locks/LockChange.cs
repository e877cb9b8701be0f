using NaturalThoughts.Contracts;

namespace NaturalThoughts.Reporting.Locks;

/// <summary>One value that moved.</summary>
/// <param name="Name">Path below the cell, such as <c>hard.mean</c>.</param>
/// <param name="Old">As locked; empty where it was not.</param>
/// <param name="New">As it came out; empty where it did not.</param>
public sealed record LockChange(string Name, string Old, string New)
{
    /// <summary>For people: <c>hard.mean: 0.1 -> 0.2</c>, digests shortened; the name alone where there are no values.</summary>
    public override string ToString() => Old == New ? Name : $"{Name}: {Short(Old)} -> {Short(New)}";

    private static string Short(string value) => ContentHash.TryParse(value, out ContentHash hash) ? hash.Short : value.Length == 0 ? "(none)" : value;
}
