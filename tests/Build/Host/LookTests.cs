using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

[Collection(HostFixture.Name)]
public sealed class LookTests(HostFixture host)
{
    [Fact]
    public async Task Should_ForetellTheRun_When_DryRun()
    {
        HostRun before = host.DryRun.Expect(ExitCode.Done);
        Assert.Equal(30, Lines(before).Count(line => line.StartsWith("will run  ", StringComparison.Ordinal)));
        Assert.Contains("30 targets: 0 hit, 30 will run, 0 may run.\n", before.Output, StringComparison.Ordinal);
        Assert.Contains("None of it can be timed: its stages never ran here.\n", before.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            "Budget of the profile, in tokens: pre-training 100 000, fine-tuning 100 000, generation 100 000.\n", before.Output, StringComparison.Ordinal);

        HostRun after = (await host.Folder.RunAsync("--target=Tiny", "--dryrun")).Expect(ExitCode.Done);
        Assert.Equal(30, Lines(after).Count(line => line.StartsWith("hit       ", StringComparison.Ordinal)));
        Assert.Contains("30 targets: 30 hit, 0 will run, 0 may run.\n", after.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("timed", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_EstimateFromEarlierRuns_When_SomethingWillRun()
    {
        HostRun run = (await host.Folder.RunAsync("--target=Short", "--dryrun")).Expect(ExitCode.Done);
        Assert.Matches(@"will run  Short/ReasoningStrategies/16/System2/seed1/fine-tune: .* \[about [\d.]+ s\]", run.Output);
        Assert.Matches(@"By earlier runs up to about \d+ s with --jobs=1, [\d ]+ tokens trained, \d+ generated\.", run.Output);
    }

    [Theory]
    [InlineData("Tiny")]
    [InlineData("Tiny/Random/16/System2")]
    public async Task Should_DrawEachSubtreeOnce_When_Tree(string target)
    {
        string[] lines = Lines((await host.Folder.RunAsync("--target=" + target, "--tree")).Expect(ExitCode.Done));
        string[] drawn = [.. lines.Where(line => !line.EndsWith(" (see above)", StringComparison.Ordinal)).Select(Name)];
        Assert.Single(drawn, "base/pretrain");
        Assert.Single(drawn, "Tiny/Random/16/System2/seed1/fine-tune");
        Assert.Single(drawn, "world/tokenizer");
        Assert.Contains(lines, line => Name(line) == "Tiny/Random/16/System2/seed1/fine-tune (see above)");
        Assert.StartsWith(target, lines[0], StringComparison.Ordinal);

        // Nothing is repeated but what has nothing below it.
        string[] twice = [.. drawn.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key)];
        Assert.Empty(twice.Except(["world/pool", "world/benchmark/Hard", "world/benchmark/Free"]));
    }

    [Theory]
    [InlineData("mermaid", "[\"base/pretrain\"]", " --> ")]
    [InlineData("dot", "[label=\"base/pretrain\"]", " -> ")]
    public async Task Should_DrawEachTargetOnce_When_TreeIsADocument(string language, string node, string arrow)
    {
        string[] lines = Lines((await host.Folder.RunAsync("--target=Tiny", "--tree=" + language)).Expect(ExitCode.Done));
        Assert.Single(lines, line => line.Contains(node, StringComparison.Ordinal));
        string[] names =
        [
            .. lines.Where(line => line.Contains('[', StringComparison.Ordinal) && !line.Contains("node [", StringComparison.Ordinal))
                .Select(line => line.Trim().Split('[', ' ')[0]),
        ];
        Assert.Equal(names.Length, names.Distinct().Count());
        string[][] arrows = [.. lines.Where(line => line.Contains(arrow, StringComparison.Ordinal)).Select(line => line.Trim(' ', ';').Split(arrow))];
        Assert.NotEmpty(arrows);
        Assert.All(arrows, ends => Assert.All(ends, end => Assert.Contains(end, names)));
    }

    [Fact]
    public async Task Should_ListVerbsTablesAndCells_When_Description()
    {
        string[] lines = Lines((await host.Folder.RunAsync("--description")).Expect(ExitCode.Done));
        Assert.StartsWith("Test ", lines[0], StringComparison.Ordinal);
        Assert.Contains(
            lines,
            line => line.StartsWith("Tiny ", StringComparison.Ordinal)
                && line.EndsWith("Two cells and the base, for tests of the host.", StringComparison.Ordinal));
        Assert.Contains(
            lines,
            line => line.StartsWith("Tiny/Random/8/System2 ", StringComparison.Ordinal)
                && line.EndsWith("8 questions by Random, mix System2, asked in mode think", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("Table1/base ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_RefuseOrRunAlone_When_Exclusive()
    {
        using HostFolder folder = host.Copy();
        HostRun refused = (await folder.RunAsync("--target=Short/ReasoningStrategies/16/System2", "--exclusive")).Expect(ExitCode.TargetFailed);
        Assert.Contains("cannot select 16 questions", refused.Error, StringComparison.Ordinal);

        HostRun alone = (await folder.RunAsync("--target=Tiny", "--exclusive")).Expect(ExitCode.Done);
        Assert.Contains("\nTiny  Cached", alone.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\nworld ", alone.Output, StringComparison.Ordinal);

        folder.Edit("experiments/profiles/tiny.yaml", "maxNewTokens: 12", "maxNewTokens: 11");
        HostRun missing = (await folder.RunAsync("--target=Tiny", "--exclusive")).Expect(ExitCode.Usage);
        Assert.Equal(
            "error: --exclusive: Tiny/base/seed1/generate/Hard is not cached: parameters.maxNewTokens: 12 -> 11. Run once without --exclusive.",
            missing.Errors[0]);
        Assert.Equal("error: --exclusive: 9 more are not cached. --dryrun lists them.", missing.Errors[^1]);
        Assert.Empty(missing.Output);
        (await folder.RunAsync("--target=Tiny/base/seed1/generate/Hard", "--exclusive")).Expect(ExitCode.Done);
    }

    [Fact]
    public async Task Should_LeadToTheQuestions_When_ACellIsShown()
    {
        HostRun run = (await host.Folder.RunAsync("--target=Show", "Tiny/Random/8/System2")).Expect(ExitCode.Done);
        Assert.Matches(@"measured tokensPerSecond: [\d,]+", run.Output);
        Assert.StartsWith("Tiny/Random/8/System2 (profile tiny)\n", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^Tiny/Random/8/System2/seed1/fine-tune: stage fine-tune, key [0-9a-f]{12}, ", run.Output);
        Assert.Matches(@"(?m)^  accuracy: \d/6 = [\d.]+ %$", run.Output);
        Assert.Matches(@"(?m)^  hard-tiny-\d+ \((right|wrong|unparsed), extracted .*, \d+ tokens\)$", run.Output);
        Assert.Matches(@"(?m)^    prompt: \S", run.Output);

        HostRun missing = (await host.Folder.RunAsync("--target=Show", "Table4/Random/16/System1")).Expect(ExitCode.Done);
        Assert.Contains(
            "not in the store; --target=Table4/Random/16/System1/seed1/fine-tune --profile=tiny makes it.", missing.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_SayWhatIsInstalled_When_Doctor()
    {
        HostRun run = (await host.Folder.RunAsync("--target=Doctor")).Expect(ExitCode.Done);
        Assert.Matches(@"(?m)^runtime +\.NET 10\.", run.Output);
        Assert.Matches(@"(?m)^numerics class +portable/[0-9a-f]{64}$", run.Output);
        Assert.Matches(@"(?m)^devices +(none: |\d)", run.Output);
        Assert.Contains(host.Folder.Store, run.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^recorded runs +30$", run.Output);
    }

    [Fact]
    public async Task Should_SayWhatItCan_When_DoctorFindsWrongYaml()
    {
        using HostFolder folder = HostFolder.Create();
        folder.Edit("experiments/profiles/tiny.yaml", "hidden_size: 16", "hidden_sise: 16");
        HostRun run = (await folder.RunAsync("--target=Doctor")).Expect(ExitCode.TargetFailed);
        Assert.Matches(@"(?m)^natives +libtorch ", run.Output);
        Assert.Matches(@"(?m)^broken: .*tiny\.yaml:\d+:\d+: .*hidden_sise", run.Output);
    }

    [Fact]
    public async Task Should_DeleteTheStoreOnly_When_Clean()
    {
        using HostFolder folder = host.Copy();
        Assert.Contains(
            "does not go with --target=Clean",
            Assert.Single((await folder.RunBareAsync("--target=Clean", "--dryrun")).Expect(ExitCode.Usage).Errors),
            StringComparison.Ordinal);
        Assert.True(Directory.Exists(folder.Store));

        Assert.Equal($"Deleted {folder.Store}.\n", (await folder.RunBareAsync("--target=Clean")).Expect(ExitCode.Done).Output);
        Assert.False(Directory.Exists(folder.Store));
        Assert.Equal(host.Folder.Published(), folder.Published());
        Assert.StartsWith("Nothing to delete: ", (await folder.RunBareAsync("--target=Clean")).Expect(ExitCode.Done).Output, StringComparison.Ordinal);

        // A folder that is no store is never deleted.
        Directory.CreateDirectory(folder.Store);
        File.WriteAllText(Path.Combine(folder.Store, "thesis.txt"), "mine");
        Assert.Contains("is not a store", Assert.Single((await folder.RunBareAsync("--target=Clean")).Expect(ExitCode.Usage).Errors), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.Store, "thesis.txt")));
    }

    private static string[] Lines(HostRun run) => run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Name(string line) => line.TrimStart('│', '├', '└', '─', ' ');
}
