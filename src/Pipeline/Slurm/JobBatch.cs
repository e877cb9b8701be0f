using System.Text;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Slurm;

/// <summary>What one call of sbatch submits: a job, or an array with a task for each group.</summary>
/// <param name="Number">Its number in the run, from 1.</param>
/// <param name="Name">What Slurm calls it.</param>
/// <param name="UsesTensors">Which resources it asks for.</param>
/// <param name="Groups">One for each task.</param>
/// <param name="After">Numbers of the batches that have to end before.</param>
internal sealed record JobBatch(int Number, string Name, bool UsesTensors, IReadOnlyList<JobGroup> Groups, IReadOnlyList<int> After)
{
    /// <summary>True for an array. A single job is none.</summary>
    public bool IsArray => Groups.Count > 1;

    /// <summary>The form that the job reads.</summary>
    public byte[] ToJson() => Encoding.UTF8.GetBytes(CanonicalJson.WriteIndented(new JsonObject
    {
        ["number"] = Number,
        ["name"] = Name,
        ["usesTensors"] = UsesTensors,
        ["groups"] = new JsonArray([.. Groups.Select(group => new JsonObject
        {
            ["name"] = group.Name,
            ["addresses"] = new JsonArray([.. group.Addresses.Select(address => (JsonNode)address)]),
        })]),
        ["after"] = new JsonArray([.. After.Select(number => (JsonNode)number)]),
    }));

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static JobBatch Read(byte[] text)
    {
        JsonNode json = JsonNode.Parse(text)!;
        return new JobBatch(
            (int)json["number"]!,
            (string)json["name"]!,
            (bool)json["usesTensors"]!,
            [.. json["groups"]!.AsArray()
                .Select(group => new JobGroup((string)group!["name"]!, [.. group["addresses"]!.AsArray().Select(address => (string)address!)]))],
            [.. json["after"]!.AsArray().Select(number => (int)number!)]);
    }
}
