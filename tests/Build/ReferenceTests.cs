using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using NaturalThoughts.Build.Tests.Host;

namespace NaturalThoughts.Build.Tests;

/// <summary>
/// References between projects, those of tests and benchmarks included. One that nothing uses still carries the other library's packages into a
/// stage's identity: an upgrade there would run the stage again.
/// </summary>
public partial class ReferenceTests
{
    private static readonly string Root = HostFolder.Repository;

    [Fact]
    public void Should_BeUsed_When_AProjectReferencesAnother()
    {
        string[] projects = [.. new[] { "src", "build", "tests", "bench" }.SelectMany(Projects)];

        Assert.Contains(Path.Combine(Root, "build", "NaturalThoughts.Build.csproj"), projects);
        Assert.Empty(projects.SelectMany(Unused));
    }

    [Fact]
    public void Should_SeeIt_When_AReferenceIsNotUsed()
    {
        string contracts = Path.Combine(AppContext.BaseDirectory, "NaturalThoughts.Contracts.dll");

        Assert.Contains("System.Runtime", References(contracts));
        Assert.DoesNotContain("NaturalThoughts.Statistics", References(contracts));
        Assert.True(Names("using NaturalThoughts.Statistics;", "NaturalThoughts.Statistics"));
        Assert.True(Names("namespace NaturalThoughts.Statistics.Tests;", "NaturalThoughts.Statistics"));
        Assert.False(Names("using NaturalThoughts.StatisticsOfOthers;", "NaturalThoughts.Statistics"));
        Assert.False(Names("// Statistics: NaturalThoughts.Statistics", "NaturalThoughts.Statistics"));
    }

    private static string[] Projects(string folder) => Directory.GetFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories);

    // The compiler names in an assembly what it used, constants apart: those it copies, so that a source file's using counts as well. Of tests and
    // benchmarks only the sources are here.
    private static IEnumerable<string> Unused(string project)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        HashSet<string> used = name.EndsWith(".Bench", StringComparison.Ordinal) || name.EndsWith(".Tests", StringComparison.Ordinal)
            ? []
            : References(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
        string[] sources = [.. Directory.EnumerateFiles(Path.GetDirectoryName(project)!, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText)];
        return ProjectReference().Matches(File.ReadAllText(project))
            .Select(match => match.Groups[1].Value)
            .Where(other => !used.Contains(other) && !sources.Any(text => Names(text, other)))
            .Select(other => $"{name} -> {other}");
    }

    // By a using, or by its own namespace, which is below that of the room it tests.
    private static bool Names(string source, string other) =>
        Regex.IsMatch(source, $@"^(using|using static|namespace) {Regex.Escape(other)}\b", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static HashSet<string> References(string assembly)
    {
        using PEReader file = new(File.OpenRead(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    [GeneratedRegex(@"ProjectReference Include=""[^""]*/(NaturalThoughts\.[\w.]+)\.csproj""", RegexOptions.CultureInvariant)]
    private static partial Regex ProjectReference();
}
