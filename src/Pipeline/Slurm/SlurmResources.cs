using System.Globalization;

namespace NaturalThoughts.Pipeline.Slurm;

/// <summary>What a job of one class asks Slurm for. Never part of a key. What is null or empty is left to the cluster's defaults.</summary>
public sealed record SlurmResources
{
    /// <summary>The partition, or several with commas.</summary>
    public string? Partition { get; init; }

    /// <summary>How long a job may take, queueing excluded; whole minutes, rounded up.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Memory of a job in MiB.</summary>
    public int? MemoryMegabytes { get; init; }

    /// <summary>GPUs of a job; 0 for none.</summary>
    public int Gpus { get; init; }

    /// <summary>Cores of a job, and the targets that it runs side by side; at least 1.</summary>
    public int Cpus { get; init; } = 1;

    /// <summary>More arguments of sbatch, each in the form <c>--name=value</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The arguments of sbatch.</summary>
    internal IEnumerable<string> ToArguments()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"--cpus-per-task={Cpus}");
        if (Partition is not null)
        {
            yield return "--partition=" + Partition;
        }

        if (Time is { } time)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"--time={Math.Ceiling(time.TotalMinutes)}");
        }

        if (MemoryMegabytes is { } memory)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"--mem={memory}M");
        }

        if (Gpus > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"--gpus={Gpus}");
        }

        foreach (string argument in Arguments)
        {
            yield return argument;
        }
    }
}
