using System.Text.RegularExpressions;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Pipeline.Slurm;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>cluster</c>: what jobs ask Slurm for. None of it is part of a key.</summary>
internal static partial class ClusterBinder
{
    // What the host sets itself; given twice, the later one would win and the run would lose its jobs.
    private static readonly string[] Own =
        [
            "array", "chdir", "cpus-per-task", "dependency", "gpus", "job-name", "mem", "ntasks", "open-mode", "output", "parsable", "partition", "requeue",
            "time", "wait", "wrap",
        ];

    /// <summary>The settings; the defaults where the profile has none.</summary>
    public static SlurmSettings Bind(MapReader profile)
    {
        if (profile.Part("cluster") is not { } reader)
        {
            return new SlurmSettings();
        }

        return new SlurmSettings
        {
            Tensors = Resources(reader, "tensors"),
            Exact = Resources(reader, "exact"),
            Poll = TimeSpan.FromSeconds(reader.Number("pollSeconds")!.Value),
        };
    }

    private static SlurmResources Resources(MapReader cluster, string name)
    {
        if (cluster.Part(name) is not { } reader)
        {
            return new SlurmResources();
        }

        string? partition = reader.Text("partition");
        if (partition is not null && !Names().IsMatch(partition))
        {
            reader.Errors.Add(
                reader.AtOf("partition"), $"'{partition}' is not the name of a partition.", "sinfo lists them; separate several by commas, without spaces.");
        }

        double? minutes = reader.Number("timeMinutes");
        return new SlurmResources
        {
            Partition = partition,
            Time = minutes is { } time ? TimeSpan.FromMinutes(time) : null,
            MemoryMegabytes = reader.Integer("memoryMegabytes"),
            Cpus = reader.Integer("cpus")!.Value,
            Gpus = reader.Integer("gpus")!.Value,
            Arguments = [.. reader.Texts("arguments").Select(argument => Argument(argument, reader.Errors)).OfType<string>()],
        };
    }

    private static string? Argument(YamlScalar argument, ErrorList errors)
    {
        Match match = LongOption().Match(argument.Value);
        if (!match.Success)
        {
            errors.Add(argument.At, $"'{argument.Value}' is not a long-form argument of sbatch.", "Write --name=value, such as --constraint=a100.");
            return null;
        }

        if (Own.Contains(match.Groups["name"].Value))
        {
            errors.Add(
                argument.At, $"'--{match.Groups["name"].Value}' is set by the host.",
                "Leave it out; partition, timeMinutes, memoryMegabytes, cpus and gpus are keys of their own.");
            return null;
        }

        return argument.Value;
    }

    [GeneratedRegex("^[A-Za-z0-9_.-]+(,[A-Za-z0-9_.-]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Names();

    [GeneratedRegex("^--(?<name>[a-z][a-z0-9-]*)(=.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex LongOption();
}
