using System.Text.RegularExpressions;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>Every broken fixture against the messages that are beside it.</summary>
public sealed partial class BrokenFilesTests
{
    private static readonly string Broken = Path.Combine(Workbench.Fixtures, "broken");
    private static readonly string Expected = Path.Combine(Workbench.Fixtures, "expected");

    public static TheoryData<string> Names =>
        [.. Directory.EnumerateFileSystemEntries(Broken).Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_SayWhatWhereAndWhatToDo_When_YamlIsBroken(string name)
    {
        // Given
        using Workbench bench = new();
        if (Directory.Exists(Path.Combine(Broken, name)))
        {
            bench.Lay(Path.Combine(Broken, name));
        }
        else
        {
            bench.Lay(
                Path.Combine(Broken, name + ".yaml"), name.StartsWith("table-", StringComparison.Ordinal) ? "tables/Ablation.yaml" : "profiles/tiny.yaml");
        }

        // When
        UserErrorException error = bench.Fails();

        // Then
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.All(error.Errors, one =>
        {
            Assert.Matches(Place(), one.Location);
            Assert.False(string.IsNullOrWhiteSpace(one.Hint));
            Assert.DoesNotContain('\n', one.ToString());
        });
        Assert.Equal(File.ReadAllText(Path.Combine(Expected, name + ".txt")), string.Concat(error.Errors.Select(one => one + "\n")));
    }

    [Fact]
    public void Should_HoldOneMessagePerFile_When_FixturesAreCounted()
    {
        string[] expected = [.. Directory.EnumerateFiles(Expected).Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

        Assert.Equal(
            Directory.EnumerateFileSystemEntries(Broken).Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal), expected);
        Assert.True(expected.Length >= 35);
        Assert.Equal(["many-errors"], expected.Where(name => File.ReadAllLines(Path.Combine(Expected, name + ".txt")).Length != 1));
    }

    [GeneratedRegex("^experiments/(profiles|tables|prompts)/[A-Za-z0-9]+\\.(yaml|txt):[1-9][0-9]*:[1-9][0-9]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
