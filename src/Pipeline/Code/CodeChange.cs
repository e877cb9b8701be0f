using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Code;

/// <summary>Says what differs between two identities of a library.</summary>
public static class CodeChange
{
    private const int Shown = 3;

    /// <summary>Such as <c>type NaturalThoughts.Evaluation.Grader changed</c>; several are joined, of many the first are named.</summary>
    public static string Describe(LibraryIdentity old, LibraryIdentity current)
    {
        List<string> changes = [.. Changes("type", Types(old), Types(current)), .. Changes("package", old.Packages, current.Packages)];
        return changes.Count switch
        {
            0 => "another library holds the stage",
            <= Shown => string.Join(", ", changes),
            _ => string.Join(", ", changes.Take(Shown)) + FormattableString.Invariant($" and {changes.Count - Shown} more"),
        };
    }

    private static SortedDictionary<string, string> Types(LibraryIdentity library) =>
        new(
            library.Types.ToDictionary(type => type.Key[(type.Key.IndexOf('/', StringComparison.Ordinal) + 1)..] + "\0" + type.Key, type => type.Value.Hex),
            StringComparer.Ordinal);

    private static IEnumerable<string> Changes(string kind, SortedDictionary<string, string> old, SortedDictionary<string, string> current)
    {
        foreach (string name in old.Keys.Union(current.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            string? how = !old.TryGetValue(name, out string? before) ? "added"
                : !current.TryGetValue(name, out string? after) ? "removed"
                : before != after ? "changed"
                : null;
            if (how is not null)
            {
                yield return $"{kind} {name.Split('\0')[0]} {how}";
            }
        }
    }
}
