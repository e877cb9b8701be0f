namespace NaturalThoughts.Pipeline.Slurm;

/// <summary>Slurm's controller does not answer. Jobs go on all the same.</summary>
internal sealed class SlurmUnreachableException(string message) : Exception(message);
