namespace NaturalThoughts.Experiments;

/// <summary>Models that a run puts behind an endpoint of its own on this machine, so that a profile of endpoints runs by one command.</summary>
/// <param name="World">The profile whose world's models are served.</param>
/// <param name="Faults">The share of requests that are answered wrongly on purpose.</param>
/// <param name="AddressVariable">The environment variable that tells the endpoints where the models are; where it is set before, nothing is served.</param>
public sealed record ServeSettings(string World, double Faults, string AddressVariable);
