namespace NaturalThoughts.Build.Tests.Slurm;

/// <summary>A test that needs Slurm's daemons; skipped where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SlurmFactAttribute : FactAttribute
{
    public SlurmFactAttribute()
    {
        if (!IsInstalled)
        {
            Skip = "Slurm is not installed: apt-get install slurmctld slurmd slurm-client";
        }
    }

    public static bool IsInstalled { get; } = File.Exists("/usr/sbin/slurmctld") && File.Exists("/usr/sbin/slurmd") && File.Exists("/usr/bin/sbatch");
}
