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

    /// <summary>
    /// Prose quotes a page of results with <c>From `results/...md`:</c> and lines that begin with <c>&gt; -</c>; each is a line of that page.
    /// </summary>
    [Fact]
    public void Should_StandOnThePage_When_ProseQuotesIt()
    {
        int quoted = 0;
        foreach (string path in (string[])[Path.Combine(Root, "README.md"), .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md")])
        {
            foreach (Match match in Regex.Matches(File.ReadAllText(path), @"From `(results/[^`]+\.md)`[^\n]*:\n\n((?:>[^\n]*\n)+)"))
            {
                string[] lines = File.ReadAllLines(Path.Combine(Root, match.Groups[1].Value));
                string quote = Regex.Replace(Regex.Replace(match.Groups[2].Value, "(?m)^> ?", ""), "\n +", " ");
                foreach (string line in quote.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    Assert.True(
                        lines.Contains(line, StringComparer.Ordinal), $"{Path.GetFileName(path)} quotes {match.Groups[1].Value}, which does not say: {line}");
                    quoted++;
                }
            }
        }

        Assert.True(quoted > 0, "Nothing is quoted any more.");
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
