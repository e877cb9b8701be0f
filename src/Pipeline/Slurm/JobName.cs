namespace NaturalThoughts.Pipeline.Slurm;

/// <summary>The job that a target belongs to.</summary>
/// <param name="Array">Jobs of one array have it in common, such as the seeds of a cell: <c>Table1/Random/1000/System2</c>.</param>
/// <param name="Job">Targets of one job have it in common: <c>Table1/Random/1000/System2/seed1</c>.</param>
public readonly record struct JobName(string Array, string Job);
