using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

[Collection(HostFixture.Name)]
public sealed class LockTests(HostFixture host)
{
    private const string Lock = "results/tiny/Tiny.lock.json";

    [Fact]
    public async Task Should_Hold_When_NothingChanged()
    {
        HostRun run = (await host.Folder.RunAsync("--target=Verify", "Tiny")).Expect(ExitCode.Done);
        Assert.Equal("Tiny: the lock holds (3 cells)\n", run.Output);
        run = (await host.Folder.RunAsync("--target=Verify", "Tiny", "--accept", "--reason=none")).Expect(ExitCode.Done);
        Assert.Equal("Tiny: the lock holds (3 cells); there is nothing to accept\n", run.Output);
    }

    [Fact]
    public async Task Should_SayThatThereIsNone_When_TheLockIsMissing()
    {
        using HostFolder folder = host.Copy();
        File.Delete(folder.PathOf(Lock));
        Assert.Equal(
            ["Tiny: there is no lock results/tiny/Tiny.lock.json to compare with; --target=Tiny --profile=tiny makes it."],
            (await folder.RunAsync("--target=Verify", "Tiny")).Expect(ExitCode.LockBroken).Errors);
        (await folder.RunAsync("--target=Tiny")).Expect(ExitCode.Done);
        Assert.Equal(host.Folder.Published(), folder.Published());
    }

    [Fact]
    public async Task Should_SaySoAndLeaveTheLock_When_AValueOfItWasAltered()
    {
        using HostFolder folder = host.Copy();
        Alter(folder);
        string altered = folder.Read(Lock);
        foreach (string[] command in (string[][])[["--target=Verify", "Tiny"], ["--target=Tiny"], ["--target=Tiny", "-v", "quiet"]])
        {
            HostRun run = (await folder.RunAsync(command)).Expect(ExitCode.LockBroken);
            Assert.StartsWith(
                "Tiny: the lock does not hold\n  Tiny.lock.json was edited by hand: its checksum is not that of its content\n", run.Error,
                StringComparison.Ordinal);
            Assert.Contains("\n  base: moved\n    Hard.tokens: 999.00 -> ", run.Error, StringComparison.Ordinal);
            Assert.Contains("./build.sh --target=Verify Tiny --profile=tiny --accept --reason=", run.Error, StringComparison.Ordinal);
            Assert.Equal(altered, folder.Read(Lock));
        }

        HostRun accepted = (await folder.RunAsync("--target=Verify", "Tiny", "--accept", "--reason=it was altered")).Expect(ExitCode.Done);
        Assert.Equal("Tiny: accepted; results/tiny/Tiny.lock.json holds the new values and the reason.\n", accepted.Output);
        JsonNode entry = Assert.Single(JsonNode.Parse(folder.Read(Lock))!["history"]!.AsArray())!;
        Assert.Equal("it was altered", (string?)entry["reason"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", (string?)entry["date"]);
        Assert.Equal(CanonicalJson.Hash(JsonNode.Parse(altered)!["body"]).Hex, (string?)entry["oldBody"]);
        (await folder.RunAsync("--target=Verify", "Tiny")).Expect(ExitCode.Done);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("md")]
    [InlineData("svg")]
    public async Task Should_SaySoAndMendIt_When_ATableFileWasAltered(string end)
    {
        using HostFolder folder = host.Copy();
        File.AppendAllText(folder.PathOf("results/tiny/Tiny." + end), "\n");
        HostRun run = (await folder.RunAsync("--target=Verify", "Tiny")).Expect(ExitCode.LockBroken);
        Assert.Contains("Tiny." + end, run.Error, StringComparison.Ordinal);
        Assert.Contains("let --target=Tiny --profile=tiny write it anew", run.Error, StringComparison.Ordinal);
        run = (await folder.RunAsync("--target=Tiny")).Expect(ExitCode.Done);
        Assert.Contains($"results/tiny/Tiny.{end} was not what these targets make; it was written anew", run.Output, StringComparison.Ordinal);
        Assert.Equal(host.Folder.Published(), folder.Published());
    }

    [Fact]
    public async Task Should_SaySoAndLeaveThem_When_TheOutcomesWereAltered()
    {
        // The outcomes belong to the lock: they say which question changed, so a run must not write over them.
        using HostFolder folder = host.Copy();
        File.AppendAllText(folder.PathOf("results/tiny/Tiny.outcomes"), "\n");
        foreach (string[] command in (string[][])[["--target=Verify", "Tiny"], ["--target=Tiny"]])
        {
            Assert.Contains(
                "Tiny.outcomes is not the file that was locked", (await folder.RunAsync(command)).Expect(ExitCode.LockBroken).Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Should_NameTheFile_When_TheLockIsNoLock()
    {
        using HostFolder folder = host.Copy();
        File.WriteAllText(folder.PathOf(Lock), "<<<<<<< HEAD\n");
        foreach (string[] command in (string[][])[["--target=Verify", "Tiny"], ["--target=Tiny"]])
        {
            string error = Assert.Single((await folder.RunAsync(command)).Expect(ExitCode.Usage).Errors);
            Assert.EndsWith(
                "Tiny.lock.json: This file is not a result lock. Restore it from git, or delete it, and it is written again.", error, StringComparison.Ordinal);
        }
    }

    private static void Alter(HostFolder folder)
    {
        JsonNode file = JsonNode.Parse(folder.Read(Lock))!;
        file["body"]!["cells"]!["base"]!["benchmarks"]!["Hard"]!["tokens"] = "999.00";
        File.WriteAllText(folder.PathOf(Lock), file.ToJsonString());
    }
}
