using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

/// <summary>Declared findings, and the diagnosis of what a run left in the store.</summary>
[Collection(HostFixture.Name)]
public sealed class FindingsTests(HostFixture host)
{
    private const string Declared = """
        title: Findings of seconds
        description: One finding.
        class: pinned
        findings:
          - {id: more, statement: More is more., contrast: {Tiny/Random/largest/System2: 1, Tiny/Random/smallest/System2: -1}, endpoint: Hard, direction: greater, smallest: 2, seen: "no"}

        """;

    [Fact]
    public async Task Should_LockVerdictsWithTheirDeclaration_When_FindingsAreMade()
    {
        using HostFolder folder = host.Copy();
        folder.Write("experiments/findings.tiny.yaml", Declared);

        HostRun first = (await folder.RunAsync("--target=Findings")).Expect(ExitCode.Done);
        Assert.Contains(
            "Findings: there was no lock; results/tiny/Findings.lock.json now holds these values (2 cells)", first.Output, StringComparison.Ordinal);
        Assert.Contains(ContentHash.OfText(Declared).Hex, folder.Read("results/tiny/Findings.lock.json"), StringComparison.Ordinal);
        Assert.Contains("| more | More is more. | ", folder.Read("results/tiny/Findings.md"), StringComparison.Ordinal);
        (await folder.RunAsync("--target=Verify", "Findings")).Expect(ExitCode.Done);
        (await folder.RunAsync("--target=Verify", "Findings/Tiny/Random/8/System2")).Expect(ExitCode.Done);

        // The claim after the data: another smallest effect is another declaration, which the lock does not have.
        folder.Write("experiments/findings.tiny.yaml", Declared.Replace("smallest: 2", "smallest: 1", StringComparison.Ordinal));
        HostRun changed = (await folder.RunAsync("--target=Verify", "Findings")).Expect(ExitCode.LockBroken);
        Assert.Contains("declaration", changed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_WritePage_When_ATableIsDiagnosed()
    {
        using HostFolder folder = host.Copy();

        HostRun table = (await folder.RunAsync("--target=Diagnose", "Tiny")).Expect(ExitCode.Done);
        HostRun cell = (await folder.RunAsync("--target=Diagnose", "Tiny/Random/16/System2", "--to=" + folder.PathOf("page"))).Expect(ExitCode.Done);

        Assert.StartsWith("# Diagnosis of Tiny (profile tiny)\n\n3 cells, 36 answers; ", table.Output, StringComparison.Ordinal);
        Assert.Contains("\n## Tiny/base\n", table.Output, StringComparison.Ordinal);
        Assert.StartsWith("# Diagnosis of Tiny/Random/16/System2 (profile tiny)\n\n1 cell, 12 answers; ", cell.Output, StringComparison.Ordinal);
        Assert.Contains("points on Tiny/Random/8/System2", cell.Output, StringComparison.Ordinal);
        Assert.Contains("longest example ", cell.Output, StringComparison.Ordinal);
        Assert.StartsWith(folder.Read("page/diagnosis.md"), cell.Output, StringComparison.Ordinal);
        Assert.Contains(
            "Diagnose: There is no cell 'Tiny/Rondom' in the profile 'tiny'.",
            (await folder.RunAsync("--target=Diagnose", "Tiny/Rondom")).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
    }
}
