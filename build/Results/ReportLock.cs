using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pages;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Build.Results;

/// <summary>
/// What a profile's report says, held by digests in <c>results/&lt;profile&gt;/Report.sha256</c>: values, tests, answers, figures; not how the page looks, and
/// not what the store and the machine are like. The lines are those of <c>sha256sum</c>, so that <c>sha256sum -c</c> checks a report, too.
/// </summary>
internal static class ReportLock
{
    /// <summary>The path of the digests.</summary>
    public static string PathOf(Session session) => Path.Combine(session.Workspace.Results(session.Invocation.Profile), ReportFolder.Digests);

    /// <summary>Makes the report aside and returns its digests.</summary>
    public static string Make(Session session)
    {
        using ScratchFolder scratch = session.Store.NewScratch();
        return ReportFolder.Write(new ReportReader(session).Read(), name =>
        {
            string path = Path.Combine(scratch.FullPath, Path.Combine(name.Split('/')));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return path;
        });
    }

    /// <summary>The files that differ between two texts of digests, in ordinal order, each with what is other about it.</summary>
    public static IReadOnlyList<string> Differences(string locked, string made)
    {
        Dictionary<string, string> old = Lines(locked), now = Lines(made);
        return [.. old.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(name => old.GetValueOrDefault(name) != now.GetValueOrDefault(name))
            .Select(name => name + (!old.ContainsKey(name) ? " is not in the lock" : !now.ContainsKey(name) ? " is not in the report" : " has other bytes"))];
    }

    /// <summary>The text to commit: why and when it was accepted as comments, which sha256sum ignores, then the digests.</summary>
    public static string Text(string digests, string reason, DateOnly date) =>
        $"# {date:yyyy-MM-dd} {string.Join(' ', reason.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}\n{digests}";

    private static Dictionary<string, string> Lines(string text) => text.Split('\n')
        .Where(line => line.Length > 66 && line[0] != '#' && ContentHash.TryParse(line[..64], out _))
        .GroupBy(line => line[66..], StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First()[..64], StringComparer.Ordinal);
}
