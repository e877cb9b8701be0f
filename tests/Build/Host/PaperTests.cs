using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

/// <summary>What a dry run says of the paper's tables, where neither models nor data are available.</summary>
[Collection(HostFixture.Name)]
public sealed class PaperTests
{
    [Theory]
    [InlineData("Table1", "paper-llama", "fine-tune          12 targets")]
    [InlineData("Table2", "paper-qwen", "fine-tune          4 targets")]
    [InlineData("Table3", "paper-70b", "fine-tune          1 target ")]
    [InlineData("Table4", "paper-llama", "fine-tune          6 targets")]
    [InlineData("Table1", "paper-llama-pilot", "fine-tune          3 targets")]
    [InlineData("Scaling", "paper-llama", "fine-tune          12 targets")]
    public async Task Should_ForetellCostsAndSayWhatIsMissing_When_APapersTableIsLookedAt(string table, string profile, string training)
    {
        using HostFolder folder = HostFolder.Create();

        HostRun run = (await folder.RunAsync("--target=" + table, "--profile=" + profile, "--dryrun")).Expect(ExitCode.Done);

        Assert.Contains(training, run.Output, StringComparison.Ordinal);
        Assert.Matches(
            @"(?m)^  all +[\d ]+ targets? +[\d ]+ tokens trained, [\d ]+ generated, [\d .]+ hours of the device, .*\$[\d,.]+, [\d.]+ GB of disk$", run.Output);
        Assert.Matches(@"(?m)^Cannot run here: There is no folder '.*-Instruct'\.", run.Output);
        Assert.Contains("computes on the processor, for which nothing is predicted: say --device=cuda", run.Output, StringComparison.Ordinal);
        Assert.Matches("natural_reasoning/(full|pilot).jsonl", run.Output);
        Assert.Matches(@"(?m)^Cannot run here: There is no file '.*math500.test\.jsonl'\.", run.Output);
        Assert.Equal(profile == "paper-70b", run.Output.Contains("Cannot run on one NVIDIA H200: a fine-tuning takes 594.9 GB", StringComparison.Ordinal));
        Assert.False(Directory.Exists(folder.PathOf("results")));
    }

    [Fact]
    public async Task Should_RefuseToRun_When_ModelsAndDataAreMissing()
    {
        using HostFolder folder = HostFolder.Create();

        HostRun run = (await folder.RunAsync("--target=Table1", "--profile=paper-llama")).Expect(ExitCode.Usage);

        Assert.Contains("There is no folder", run.Error, StringComparison.Ordinal);
        Assert.Contains("gpqa_diamond.csv", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_ListTheTablesButRunNone_When_NothingIsThere()
    {
        using HostFolder folder = HostFolder.Create();
        HostRun listed = (await folder.RunBareAsync("--description", "--profile=paper-llama")).Expect(ExitCode.Done);
        Assert.Matches(@"(?m)^Table4/Random/10000/Difficulty +\S", listed.Output);
        (await folder.RunBareAsync("--target=Table1", "--profile=paper-llama", "--tree")).Expect(ExitCode.Done);

        // A run names every file once, and nothing that only follows from one.
        HostRun run = (await folder.RunBareAsync("--target=Table1", "--profile=paper-llama")).Expect(ExitCode.Usage);
        Assert.All(run.Errors, line => Assert.Matches(@"There is no (file|folder) '", line));
        Assert.Equal(run.Errors.Length, run.Errors.Distinct().Count());
    }
}
