namespace NaturalThoughts.Pipeline.Slurm;

/// <summary>The targets of one job: it makes them in the order of the plan.</summary>
/// <param name="Name">What the job is called.</param>
/// <param name="Addresses">The targets that it makes; what else they read is made by other jobs or there already.</param>
internal sealed record JobGroup(string Name, IReadOnlyList<string> Addresses);
