using NaturalThoughts.Sources.Hub;

namespace NaturalThoughts.Experiments.Benchmarks;

/// <summary>Where on a hub the files of a benchmark are.</summary>
/// <param name="Dataset">The data set, such as <c>TIGER-Lab/MMLU-Pro</c>.</param>
/// <param name="Revision">A commit, branch or tag.</param>
/// <param name="Folder">The folder in the data set; empty for its root.</param>
public sealed record HubFolder(string Dataset, string Revision, string Folder)
{
    /// <summary>The file of the hub that a file below the data folder is: the one of the same name.</summary>
    public HubFile FileOf(string local)
    {
        string name = local[(local.LastIndexOf('/') + 1)..];
        return new HubFile(Dataset, Revision, Folder.Length == 0 ? name : $"{Folder}/{name}");
    }
}
