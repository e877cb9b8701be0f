namespace NaturalThoughts.Sources.Hub;

/// <summary>One file of a data set on a hub.</summary>
/// <param name="Dataset">The data set, such as <c>TIGER-Lab/MMLU-Pro</c>.</param>
/// <param name="Revision">A commit, branch or tag.</param>
/// <param name="Path">The file's path in the data set, with forward slashes.</param>
public sealed record HubFile(string Dataset, string Revision, string Path)
{
    /// <summary>Where the hub gives it out (https://huggingface.co/docs/hub/api): every part escaped, so that a name cannot leave its place.</summary>
    /// <param name="hub">The hub's address.</param>
    public Uri Url(Uri hub) => new(hub, string.Join('/', (string[])["datasets", .. Parts(Dataset), "resolve", Uri.EscapeDataString(Revision), .. Parts(Path)]));

    /// <inheritdoc />
    public override string ToString() => $"{Path} of {Dataset}@{Revision}";

    private static IEnumerable<string> Parts(string path) => path.Split('/').Select(Uri.EscapeDataString);
}
