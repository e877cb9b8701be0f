using NaturalThoughts.Pipeline.Slurm;

namespace NaturalThoughts.Build.Running;

/// <summary>Which job of a cluster a target is in, and which array the job.</summary>
internal static class JobNames
{
    private const string Shard = "/shard";

    /// <summary>A seed of a cell is one job, all seeds of the cell are an array; likewise the shards of a pool. Of all else a task is a job.</summary>
    public static JobName Of(string address)
    {
        int shard = address.LastIndexOf(Shard, StringComparison.Ordinal);
        if (shard > 0 && address[(shard + Shard.Length)..] is { Length: > 0 } index && index.All(char.IsAsciiDigit))
        {
            return new JobName(address[..shard], address);
        }

        string task = TaskGroups.Of(address);
        int next = address.Length > task.Length ? address.IndexOf('/', task.Length + 1) : -1;
        bool isSeed = address.AsSpan(task.Length).StartsWith("/seed", StringComparison.Ordinal);
        return new JobName(task, isSeed && next > 0 ? address[..next] : task);
    }
}
