using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Certificates;

/// <summary>Lays the files of a certificate out.</summary>
/// <param name="graph">The plan.</param>
/// <param name="recordOf">Address to the record of its run.</param>
public sealed class CertificateFolder(TargetGraph graph, Func<string, RunRecord> recordOf)
{
    /// <summary>The certificate of a target.</summary>
    /// <param name="subject">Its address.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="isRepeated">
    /// Whether a stage, by its name, is one that whoever has the folder executes again. A run is where all that leads from it to the subject is as well; what those read
    /// is in the folder. All other runs are told of by digests alone.
    /// </param>
    public Certificate Of(string subject, string profile, Func<string, bool> isRepeated)
    {
        HashSet<string> repeated = new(StringComparer.Ordinal);
        Stack<string> open = new([subject]);
        while (open.TryPop(out string? address))
        {
            if (isRepeated(graph[address].StageName) && repeated.Add(address))
            {
                foreach (string needed in graph.DependenciesOf(address))
                {
                    open.Push(needed);
                }
            }
        }

        return new Certificate(subject, profile, [.. graph.Closure([subject]).Select(address => new CertifiedRun(
            address,
            graph[address].StageName,
            graph[address].Parameters,
            graph[address].Inputs.ToDictionary(
                input => input.Key,
                input => input.Value.File is { } file ? Certificate.PathOf(input.Value.TargetAddress, file) : "targets/" + input.Value.TargetAddress,
                StringComparer.Ordinal),
            recordOf(address).Outputs,
            repeated.Contains(address)))]);
    }

    /// <summary>The files that a certificate's folder holds, by path: what repeated runs read and write.</summary>
    public static IReadOnlyDictionary<string, OutputFile> FilesOf(Certificate certificate)
    {
        SortedDictionary<string, OutputFile> files = new(StringComparer.Ordinal);
        Dictionary<string, OutputFile> all = certificate.Runs
            .SelectMany(run => run.Outputs.Select(output => (Path: Certificate.PathOf(run.Address, output.Key), output.Value)))
            .ToDictionary(file => file.Path, file => file.Value, StringComparer.Ordinal);
        foreach (CertifiedRun run in certificate.Runs.Where(run => run.IsRepeated))
        {
            foreach (string name in run.Outputs.Keys)
            {
                string path = Certificate.PathOf(run.Address, name);
                files[path] = all[path];
            }

            foreach (string input in run.Inputs.Values)
            {
                foreach ((string path, OutputFile file) in all.TryGetValue(input, out OutputFile one)
                    ? [KeyValuePair.Create(input, one)]
                    : all.Where(other => other.Key.StartsWith(input + "/", StringComparison.Ordinal)))
                {
                    files[path] = file;
                }
            }
        }

        return files;
    }
}
