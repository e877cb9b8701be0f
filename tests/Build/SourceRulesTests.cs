using System.Text.RegularExpressions;
using NaturalThoughts.Build.Tests.Host;

namespace NaturalThoughts.Build.Tests;

/// <summary>Rules that hold for every source file.</summary>
public sealed class SourceRulesTests
{
    private static readonly string Root = HostFolder.Repository;

    private static IEnumerable<string> Sources(params string[] folders) =>
        folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));

    [Fact]
    public void Should_TakeTimeAndChanceFromOutside_When_CodeIsOurs()
    {
        // Results must not depend on the clock or on a generator whose sequence is no contract.
        Regex banned = new(@"DateTime\.(Utc)?Now|DateTimeOffset\.(Utc)?Now|Random\.Shared|new Random\(|Guid\.NewGuid");
        Assert.Empty(Sources("src", "build").Where(path => banned.IsMatch(File.ReadAllText(path))).Select(path => Path.GetRelativePath(Root, path)));
    }

    [Fact]
    public void Should_StayReadable_When_FilesGrow() =>
        Assert.Empty(Sources("src", "build").Where(path => File.ReadLines(path).Count() > 400).Select(path => Path.GetRelativePath(Root, path)));

    [Fact]
    public void Should_ThrowAsItWasThrown_When_LoopsAreParallel()
    {
        Regex loop = new(@"(?<!ParallelLoop\.Run\(\(\) => )\bParallel\.(For|ForEach|Invoke)\(|\bTask\.WaitAll\(");
        Assert.Empty(Sources("src", "build").Where(path => loop.IsMatch(File.ReadAllText(path))).Select(path => Path.GetRelativePath(Root, path)));
    }

    /// <summary>A busy machine fails a test that measures time or waits for less than <see cref="Hang.Limit"/>.</summary>
    [Fact]
    public void Should_NotLookAtAClock_When_TestsDecide()
    {
        Regex clock = new(@"\bStopwatch\b|\bElapsed\b|GetElapsedTime|CancelAfter\(|CancellationTokenSource\(TimeSpan|\.(Wait|WaitAsync|Join|SignalAndWait|WaitForExit|WaitOne)\((TimeSpan|\d{2,}\))|\bTimeout = \d", RegexOptions.CultureInvariant);
        Assert.Empty(Sources("tests").Where(path => Path.GetFileName(path) is not ("Hang.cs" or "SourceRulesTests.cs") && clock.IsMatch(File.ReadAllText(path))).Select(path => Path.GetRelativePath(Root, path)));
    }

    [Fact]
    public void Should_PointDown_When_RoomsReferenceEachOther()
    {
        // The arrows of docs/architecture.md; a stage library that referenced Pipeline would retrain students on an edit of the store.
        string map = File.ReadAllText(Path.Combine(Root, "docs/architecture.md"));
        Dictionary<string, string> allowed = Regex.Matches(map, @"^\| `src/(\w+)` \|.*\| ([^|]+) \|$", RegexOptions.Multiline | RegexOptions.CultureInvariant)
            .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value, StringComparer.Ordinal);
        Assert.Equal("Contracts", allowed["Pipeline"]);
        foreach ((string room, string may) in allowed.Where(row => row.Value != "all below"))
        {
            string project = File.ReadAllText(Path.Combine(Root, "src", room, $"NaturalThoughts.{room}.csproj"));
            Assert.Empty(Regex.Matches(project, @"NaturalThoughts\.(\w+)\.csproj").Select(match => match.Groups[1].Value).Except(may.Split(", ")).Select(other => $"{room} -> {other}"));
        }
    }

    /// <summary>The folders of the student import each other in one direction: kernels know pointers, backends know kernels, the model knows backends.</summary>
    [Fact]
    public void Should_PointDown_When_FoldersOfTheStudentImportEachOther()
    {
        const string Student = "src/Student";
        Regex import = new(@"^using (?:static )?NaturalThoughts\.Student\.(\w+)|(?<=[ (<,!])(Generation|Lora|Model|Parameters|Backends|Processor|Torch|Training)\.[A-Z]\w+[ .(<>]", RegexOptions.Multiline | RegexOptions.CultureInvariant);
        Regex comments = new(@"//.*", RegexOptions.CultureInvariant);
        Dictionary<string, HashSet<string>> imports = Directory.EnumerateDirectories(Path.Combine(Root, Student))
            .Where(path => Path.GetFileName(path) is not ("obj" or "bin"))
            .ToDictionary(
                path => Path.GetFileName(path),
                path => Sources(Path.GetRelativePath(Root, path))
                    .SelectMany(file => import.Matches(comments.Replace(File.ReadAllText(file), "")))
                    .Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value)
                    .Where(other => other != Path.GetFileName(path))
                    .ToHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal);
        Assert.Contains("Kernels", imports["Processor"]);
        Assert.Empty(imports["Kernels"]);

        // Folders without imports of others that are left are taken away, until none is left.
        while (imports.Where(item => !item.Value.Any(imports.ContainsKey)).Select(item => item.Key).ToArray() is { Length: > 0 } lowest)
        {
            Array.ForEach(lowest, folder => imports.Remove(folder));
        }

        Assert.Empty(imports.Select(item => $"{item.Key} -> {string.Join(", ", item.Value)}"));
    }
}
