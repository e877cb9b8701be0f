namespace NaturalThoughts.Pipeline.Slurm;

/// <summary>Slurm's controller does not answer. Jobs go on anyway.</summary>
internal sealed class SlurmUnreachableException(string message) : Exception(message);
