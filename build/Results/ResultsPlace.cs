using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Reporting.Diff;
using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Build.Results;

/// <summary>A place where a profile's locked results lie: a folder, or a revision of git.</summary>
/// <param name="Name">The place in words.</param>
/// <param name="Tables">The tables that have a lock there, in ordinal order.</param>
/// <param name="Read">Reads a file of the results by its name; null where there is none.</param>
internal sealed record ResultsPlace(string Name, IReadOnlyList<string> Tables, Func<string, byte[]?> Read)
{
    private const string LockEnd = ".lock.json";

    /// <summary>The place that a user names: a folder (a checkout, its results, or those of a profile), else a revision.</summary>
    /// <param name="workspace">This checkout.</param>
    /// <param name="against">What the user wrote.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="cancellation">Stops git.</param>
    /// <exception cref="UserErrorException">It is neither, or holds no locks of the profile.</exception>
    public static async Task<ResultsPlace> FindAsync(Workspace workspace, string against, string profile, CancellationToken cancellation)
    {
        bool isFolder = Directory.Exists(against);
        ResultsPlace? place = isFolder
            ? new[] { Path.Combine(against, "results", profile), Path.Combine(against, profile), against }
                .Select(folder => Folder(folder, against)).FirstOrDefault(found => found.Tables.Count > 0)
            : await GitResults.FindAsync(workspace, against, profile, cancellation);
        return place is { Tables.Count: > 0 }
            ? place
            : throw new UserErrorException(
                place is null && !isFolder
                    ? $"'{against}' is neither a folder nor a revision of this repository."
                    : $"There are no locked results of the profile '{profile}' in '{against}'.",
                "--against",
                place is null && !isFolder ? "Name a folder, or a commit, branch or tag that git knows." : "Name another place, or another --profile.");
    }

    /// <summary>A folder of results.</summary>
    public static ResultsPlace Folder(string folder, string name) => new(
        name,
        TablesOf(FolderFiles.In(folder).Select(path => Path.GetFileName(path))),
        file => RegularFile.Is(Path.Combine(folder, file)) ? File.ReadAllBytes(Path.Combine(folder, file)) : null);

    /// <summary>The tables among file names.</summary>
    public static IReadOnlyList<string> TablesOf(IEnumerable<string> files) =>
        [.. files.Where(file => file.EndsWith(LockEnd, StringComparison.Ordinal)).Select(file => file[..^LockEnd.Length]).Order(StringComparer.Ordinal)];

    /// <summary>A table of this place; null where it has none.</summary>
    /// <exception cref="UserErrorException">The lock is no lock.</exception>
    public DiffSide? Side(string table) => Read(table + LockEnd) is { } text
        ? new DiffSide(ResultLock.Parse(text, $"{Name}: {table}{LockEnd}"), TextFiles.Decode(Read(table + ".outcomes") ?? [], $"{Name}: {table}.outcomes"))
        : null;
}
