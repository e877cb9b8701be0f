namespace NaturalThoughts.Build.Baselines;

/// <summary>A benchmark or check of <c>bench/</c>, as <c>bench/baselines.yaml</c> states it.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="About">What it measures or checks, in one line.</param>
/// <param name="Command">The command that bash runs at the root of the checkout.</param>
/// <param name="Takes">How long it takes, in words.</param>
/// <param name="Needs">What must be installed or true; null for nothing.</param>
/// <param name="Bounds">The values that it prints; empty for a check, whose exit code says all.</param>
internal sealed record Bench(string Name, string About, string Command, string Takes, string? Needs, IReadOnlyList<Bound> Bounds);
