using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Slurm;

/// <summary>A job's side: what it has to make, and where it tells how it goes.</summary>
public sealed class ClusterJob
{
    private ClusterJob(IReadOnlyList<string> addresses, bool usesTensors, JobJournal journal) =>
        (Addresses, UsesTensors, Journal) = (addresses, usesTensors, journal);

    /// <summary>The targets that it makes.</summary>
    public IReadOnlyList<string> Addresses { get; }

    /// <summary>Which resources it was given.</summary>
    public bool UsesTensors { get; }

    /// <summary>The observer of its scheduler.</summary>
    public JobJournal Journal { get; }

    /// <summary>Reads the job of a batch's task.</summary>
    /// <exception cref="UserErrorException">The batch cannot be read.</exception>
    public static ClusterJob Open(RunFolder folder, int batch, int task, TimeProvider clock)
    {
        try
        {
            JobBatch jobs = folder.ReadBatch(batch);
            IReadOnlyList<string> addresses = jobs.Groups[task].Addresses;
            return new ClusterJob(
                addresses, jobs.UsesTensors, new JobJournal(folder.EventsOf(batch, task), addresses.ToHashSet(StringComparer.Ordinal), clock));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"The run's folder cannot be read on '{Environment.MachineName}': {e.Message}", folder.Root,
                "Store and checkout must have the same path on every node.", ExitCode.TargetFailed);
        }
    }
}
