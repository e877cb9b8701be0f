namespace NaturalThoughts.Contracts;

/// <summary>
/// Lists the files of a folder that people edit. What an editor leaves there (lock files, backups, swap files) and whatever is no regular file is passed
/// over: the same for everybody who reads or hashes the folder.
/// </summary>
public static class FolderFiles
{
    /// <summary>Full paths of the files, in ordinal order; empty when the folder does not exist.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="pattern">Which names, such as <c>*.yaml</c>.</param>
    /// <param name="depth">Whether folders below count.</param>
    public static IReadOnlyList<string> In(string folder, string pattern = "*", SearchOption depth = SearchOption.TopDirectoryOnly) =>
        [.. Every(folder, pattern, depth).Where(path => WhyNot(path) is null)];

    /// <summary>The files of a folder and of those below it that <see cref="In"/> ignores, each with the reason, in ordinal order.</summary>
    public static IReadOnlyList<(string Path, string Why)> PassedOver(string folder) =>
        [.. Every(folder, "*", SearchOption.AllDirectories).Select(path => (path, WhyNot(path)!)).Where(entry => entry.Item2 is not null)];

    private static IEnumerable<string> Every(string folder, string pattern, SearchOption depth) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern, depth).Order(StringComparer.Ordinal) : [];

    private static string? WhyNot(string path)
    {
        string name = Path.GetFileName(path);
        if (name.StartsWith('.') || name.StartsWith('#') || name.EndsWith('~'))
        {
            return "an editor's file";
        }

        return RegularFile.Is(path) ? null : RegularFile.KindOf(path) ?? "a link to nothing";
    }
}
