namespace NaturalThoughts.Reporting.DifficultyProxies;

/// <summary>A number that is known of a question without its reference, and is tried as a sign of difficulty.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Kind">One of <see cref="ProxyKind.Known"/>.</param>
/// <param name="Models">The rows whose answers it is made of.</param>
public sealed record ProxySignal(string Name, string Kind, IReadOnlyList<string> Models);
