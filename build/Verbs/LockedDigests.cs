using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Verbs;

/// <summary>The digests that the locks of a checkout name: grades, and the files of the tables.</summary>
internal static class LockedDigests
{
    /// <summary>The locks of all profiles, in ordinal order.</summary>
    public static IReadOnlyList<string> Locks(Workspace workspace)
    {
        string results = Path.Combine(workspace.Root, "results");
        return FolderFiles.In(results, "*.lock.json", SearchOption.AllDirectories);
    }

    /// <summary>The digests in the bodies of locks.</summary>
    /// <exception cref="UserErrorException">A lock cannot be read: what it needs is unknown, so nothing may go.</exception>
    public static HashSet<ContentHash> Read(Workspace workspace, IEnumerable<string> locks)
    {
        HashSet<ContentHash> digests = [];
        List<UserError> errors = [];
        foreach (string path in locks)
        {
            try
            {
                digests.UnionWith(Digests(JsonNode.Parse(File.ReadAllBytes(path))!["body"]!));
            }
            catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException or ArgumentException)
            {
                errors.Add(new UserError(
                    "The lock cannot be read, so what it needs is unknown. Nothing was removed.", Path.GetRelativePath(workspace.Root, path),
                    "Take it from git."));
            }
        }

        return errors.Count == 0 ? digests : throw new UserErrorException(errors, ExitCode.TargetFailed);
    }

    private static IEnumerable<ContentHash> Digests(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(entry => Digests(entry.Value)),
        JsonArray list => list.SelectMany(Digests),
        JsonValue value when value.TryGetValue(out string? text) && ContentHash.TryParse(text, out ContentHash digest) => [digest],
        _ => [],
    };
}
