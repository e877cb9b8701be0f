using System.Text.Json.Nodes;

namespace NaturalThoughts.Pipeline.Code;

/// <summary>Reads the content hashes of packages from the lock file that restore writes beside a project.</summary>
internal static class PackageHashes
{
    public const string FileName = "packages.lock.json";

    /// <summary><c>Id/version</c> to content hash, over all frameworks and runtimes of the file.</summary>
    public static SortedDictionary<string, string> Read(string path)
    {
        SortedDictionary<string, string> hashes = new(StringComparer.Ordinal);
        JsonObject frameworks = JsonNode.Parse(File.ReadAllBytes(path))!["dependencies"]!.AsObject();
        foreach ((string id, JsonNode? package) in frameworks.SelectMany(framework => framework.Value!.AsObject()))
        {
            if ((string?)package!["contentHash"] is { } hash)
            {
                hashes[id + "/" + (string?)package["resolved"]] = hash;
            }
        }

        return hashes;
    }
}
