namespace NaturalThoughts.Build.CommandLine;

/// <summary>Switches that do not go with another one, which has this in its row.</summary>
/// <param name="Hint">What to do instead.</param>
/// <param name="Names">The names of the switches, without dashes.</param>
internal sealed record Apart(string Hint, params string[] Names);
