using System.Text.RegularExpressions;
using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Reporting.Tests;

/// <summary>What is committed in results/: that of recorded answers cannot be made again without their files.</summary>
public sealed class PublishedResultsTests
{
    private const string End = ".lock.json";

    public static TheoryData<string> Locks => [.. Directory.EnumerateFiles(Results, "*" + End, SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Results, path)[..^End.Length].Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private static string Root
    {
        get
        {
            DirectoryInfo folder = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "NaturalThoughts.slnx")))
            {
                folder = folder.Parent!;
            }

            return folder.FullName;
        }
    }

    private static string Results => Path.Combine(Root, "results");

    // What documents take from pages of results: the lines with this mark at their beginning, after a line that names the page.
    private static IEnumerable<(string Document, string Page, string Block)> Taken(char mark) =>
        new[] { Path.Combine(Root, "README.md") }.Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md")).SelectMany(path => Regex
            .Matches(File.ReadAllText(path), $@"From `(results/[^`]+\.md)`[^\n]*:\n\n((?:\{mark}[^\n]*\n)+)")
            .Select(match => (Path.GetFileName(path), match.Groups[1].Value, match.Groups[2].Value)));

    /// <summary>
    /// Prose quotes a page of results with <c>From `results/...md`:</c> and lines that begin with <c>&gt; -</c>; each is a line of that page.
    /// </summary>
    [Fact]
    public void Should_StandOnThePage_When_ProseQuotesIt()
    {
        int quoted = 0;
        foreach ((string document, string page, string block) in Taken('>'))
        {
            string[] lines = File.ReadAllLines(Path.Combine(Root, page));
            string quote = Regex.Replace(Regex.Replace(block, "(?m)^> ?", ""), "\n +", " ");
            foreach (string line in quote.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                Assert.True(lines.Contains(line, StringComparer.Ordinal), $"{document} quotes {page}, which does not say: {line}");
                quoted++;
            }
        }

        Assert.True(quoted > 0, "Nothing is quoted any more.");
    }

    /// <summary>
    /// Prose shows rows of a page's table after <c>From `results/...md`:</c>, some columns of them; each is a row of that page, cell by cell.
    /// </summary>
    [Fact]
    public void Should_StandOnThePage_When_ProseShowsItsRows()
    {
        int shown = 0;
        foreach ((string document, string page, string block) in Taken('|'))
        {
            string[][] rows = [.. block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Cells)];
            string[][] all = [.. File.ReadLines(Path.Combine(Root, page)).Where(line => line.StartsWith('|')).Select(Cells)];
            string[] header = all.First(row => Places(rows[0], row) is not null);
            int[] places = Places(rows[0], header)!;
            foreach (string[] row in rows.Skip(2))
            {
                Assert.True(
                    all.Any(other => other.Length == header.Length && places.Select(at => other[at]).SequenceEqual(row)),
                    $"{document} shows a row that {page} does not have: {string.Join(" | ", row)}");
                shown++;
            }
        }

        Assert.True(shown > 0, "No row is shown any more.");

        static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];

        // Where the columns stand in another header, in their order; null where one does not.
        static int[]? Places(string[] columns, string[] header)
        {
            List<int> places = [];
            foreach (string column in columns)
            {
                int at = Array.IndexOf(header, column, places.Count == 0 ? 0 : places[^1] + 1);
                if (at < 0)
                {
                    return null;
                }

                places.Add(at);
            }

            return [.. places];
        }
    }

    [Theory]
    [MemberData(nameof(Locks))]
    public void Should_BeWhatWasLocked_When_FilesStandBesideALock(string name)
    {
        (string profile, string table) = (name.Split('/')[0], name.Split('/')[1]);
        string folder = Path.Combine(Results, profile);
        ResultLock locked = ResultLock.Read(ResultFiles.LockPath(folder, table));

        Assert.Empty(ResultFiles.Edited(locked, folder, table));
        Assert.Equal((table, profile), ((string?)locked.Body["table"], (string?)locked.Body["profile"]));
        Assert.All(new[] { ".md", ".csv", ".svg", ".outcomes" }, end => Assert.True(File.Exists(Path.Combine(folder, table + end)), end));
    }

    [Theory]
    [InlineData("Proxies")]
    [InlineData("Protocols")]
    public void Should_HoldOnEveryMachine_When_NothingWasComputedOnTensors(string table)
    {
        ResultLock locked = ResultLock.Read(ResultFiles.LockPath(Path.Combine(Results, "recorded"), table));

        Assert.Equal("exact", (string?)locked.Body["class"]);
        Assert.Null(locked.Body["probe"]);
        Assert.All(locked.Provenance!["cells"]!.AsObject(), cell => Assert.Equal("exact", (string?)cell.Value!["class"]));
    }
}
