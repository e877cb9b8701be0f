namespace NaturalThoughts.Experiments;

/// <summary>A table of a plan.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">The address of its last target.</param>
/// <param name="Description">What it asks.</param>
/// <param name="File">The YAML that declares it, below the folder of the experiments.</param>
public sealed record TablePlan(string Name, string Address, string Description, string File);
