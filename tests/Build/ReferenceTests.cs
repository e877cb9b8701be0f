using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using NaturalThoughts.Build.Tests.Host;

namespace NaturalThoughts.Build.Tests;

/// <summary>References between projects. One that nothing uses still carries the other library's packages into a stage's identity: an upgrade there would run the stage again.</summary>
public partial class ReferenceTests
{
    [Fact]
    public void Should_BeUsed_When_AProjectReferencesAnother()
    {
        string[] projects = [.. Directory.EnumerateFiles(Path.Combine(HostFolder.Repository, "src"), "*.csproj", SearchOption.AllDirectories), Path.Combine(HostFolder.Repository, "build", "NaturalThoughts.Build.csproj")];
        Assert.NotEmpty(projects);
        Assert.Empty(projects.SelectMany(Unused));
    }

    [Fact]
    public void Should_SeeIt_When_AReferenceIsNotUsed()
    {
        string contracts = Path.Combine(AppContext.BaseDirectory, "NaturalThoughts.Contracts.dll");

        Assert.Contains("System.Runtime", References(contracts));
        Assert.DoesNotContain("NaturalThoughts.Statistics", References(contracts));
    }

    // The compiler names in an assembly what it used, constants apart: those it copies, so that a source file's using counts as well.
    private static IEnumerable<string> Unused(string project)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        HashSet<string> used = References(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
        string[] sources = [.. Directory.EnumerateFiles(Path.GetDirectoryName(project)!, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText)];
        return ProjectReference().Matches(File.ReadAllText(project))
            .Select(match => match.Groups[1].Value)
            .Where(other => !used.Contains(other) && !sources.Any(text => text.Contains("using " + other, StringComparison.Ordinal)))
            .Select(other => $"{name} -> {other}");
    }

    private static HashSet<string> References(string assembly)
    {
        using PEReader file = new(File.OpenRead(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    [GeneratedRegex(@"ProjectReference Include=""[^""]*/(NaturalThoughts\.[\w.]+)\.csproj""", RegexOptions.CultureInvariant)]
    private static partial Regex ProjectReference();
}
