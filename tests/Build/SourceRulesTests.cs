using System.Text.RegularExpressions;
using NaturalThoughts.Build.Tests.Host;

namespace NaturalThoughts.Build.Tests;

/// <summary>Rules that hold for every source file.</summary>
public sealed class SourceRulesTests
{
    private const int Columns = 160;
    private static readonly string Root = HostFolder.Repository;

    // Rooms in which a text with values in it stays whole: cut, it is other code, and every training would run anew.
    private static readonly string[] Training = ["src/Student/", "src/Checkpoints/", "src/Records/", "src/Selection/"];

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
    public void Should_WrapAt160_When_ALineIsCode()
    {
        string quotes = new('"', 3);
        string wide = new('x', Columns + 1);

        Assert.Equal([2], TooLong(["x", wide], false));
        Assert.Equal([5], TooLong(["text = " + quotes, wide, quotes + ";", quotes + wide + quotes, wide], false));
        Assert.Equal([1, 2], TooLong([$"$\"{wide}\"", wide], false));
        Assert.Equal([2], TooLong([$"$\"{wide}\"", wide], true));
        Assert.Empty(Sources("src", "build", "bench", "tests")
            .Select(path => Path.GetRelativePath(Root, path))
            .SelectMany(path => TooLong(File.ReadLines(Path.Combine(Root, path)), Training.Any(room => path.StartsWith(room, StringComparison.Ordinal)))
                .Select(line => $"{path}:{line}")));
    }

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
        Regex clock = new(
            @"\bStopwatch\b|\bElapsed\b|GetElapsedTime|CancelAfter\(|CancellationTokenSource\(TimeSpan|\.(Wait|WaitAsync|Join|SignalAndWait|WaitForExit"
            + @"|WaitOne)\((TimeSpan|\d{2,}\))|\bTimeout = \d", RegexOptions.CultureInvariant);
        Assert.Empty(
            Sources("tests").Where(path => Path.GetFileName(path) is not ("Hang.cs" or "SourceRulesTests.cs") && clock.IsMatch(File.ReadAllText(path)))
                .Select(path => Path.GetRelativePath(Root, path)));
    }

    // The numbers of lines that are too long. Raw strings are data: their lines may be as long as they are.
    private static IEnumerable<int> TooLong(IEnumerable<string> lines, bool training)
    {
        bool raw = false;
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            int quotes = line.Split("\"\"\"").Length - 1;
            if (line.Length > Columns && !raw && quotes == 0 && !(training && line.Contains("$\"", StringComparison.Ordinal)))
            {
                yield return number;
            }

            raw ^= quotes % 2 == 1;
        }
    }
}
