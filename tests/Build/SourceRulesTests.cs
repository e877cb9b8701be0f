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
}
