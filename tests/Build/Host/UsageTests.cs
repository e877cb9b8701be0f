using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;

namespace NaturalThoughts.Build.Tests.Host;

[Collection(HostFixture.Name)]
public sealed class UsageTests(HostFixture host)
{
    [Theory]
    [InlineData("--profile: There is no profile 'tnyi'. Did you mean 'tiny'?", "--target=Tiny", "--profile=tnyi")]
    [InlineData("command line: Unknown switch '--traget=Tiny'. Did you mean '--target'?", "--traget=Tiny")]
    [InlineData("--target: There is no target 'Tinny' in the profile 'tiny'. Did you mean 'Tiny'?", "--target=Tinny")]
    [InlineData("--target: There is no target 'tiny' in the profile 'tiny'. Did you mean 'Tiny'?", "--target=tiny")]
    [InlineData("--target: There is no target 'Clea' in the profile 'tiny'. Did you mean 'Clean'?", "--target=Clea")]
    [InlineData("--explain: There is no target 'Tiny/bse' in the profile 'tiny'. Did you mean 'Tiny/base'?", "--explain=Tiny/bse")]
    [InlineData("Show: There is no target 'Tiny/bse' in the profile 'tiny'. Did you mean 'Tiny/base'?", "--target=Show", "Tiny/bse")]
    [InlineData("Verify: There is no table 'Tny'. Did you mean 'Tiny'?", "--target=Verify", "Tny")]
    [InlineData("Show: Show takes one address. Write --target=Show Table1/Random/1000/System2.", "--target=Show")]
    [InlineData("command line: --jobs cannot be 'two'. Give a whole number from 1 to 1024.", "--target=Tiny", "--jobs=two")]
    [InlineData("command line: --device cannot be 'gpu'. Did you mean 'cpu'?", "--target=Tiny", "--device=gpu")]
    [InlineData(
        "command line: Unexpected argument 'Tiny'. Write --target=Tiny to make a target; only Audit, Bench, Compare, Diagnose, Diff, Export, Fetch, Serve, "
        + "Show, Status and Verify take an address.", "Tiny")]
    public async Task Should_SayWhatToDo_When_TheCommandLineIsWrong(string message, params string[] arguments)
    {
        HostRun run = (await host.Folder.RunAsync(arguments)).Expect(ExitCode.Usage);
        Assert.Equal(["error: " + message], run.Errors);
        Assert.Empty(run.Output);
    }

    /// <summary>The words before the cursor, as bash splits them, and one of its proposals.</summary>
    [Theory]
    [InlineData("./build.sh --tar", "--target=")]
    [InlineData("./build.sh --target =", "Tiny")]
    [InlineData("./build.sh --target = Ver", "Verify")]
    [InlineData("./build.sh -t Ti", "Tiny")]
    [InlineData("./build.sh --profile = ti", "tiny")]
    [InlineData("./build.sh --target = Gc --k", "--keep=")]
    [InlineData("./build.sh -t Export base --format = d", "dataset")]
    [InlineData("./build.sh --target = Tiny --ke", "")]
    public async Task Should_Complete_When_AShellHasTheScript(string words, string expected)
    {
        string script = (await host.Folder.RunAsync("--completion")).Expect(ExitCode.Done).Output;
        string asked = $"{script}\nCOMP_WORDS=({words})\nCOMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n_naturalthoughts\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"";
        System.Diagnostics.ProcessStartInfo start = new("bash", ["-c", asked]) { RedirectStandardOutput = true, WorkingDirectory = host.Folder.Root };
        using System.Diagnostics.Process bash = System.Diagnostics.Process.Start(start)!;
        Assert.Contains(expected, (await bash.StandardOutput.ReadToEndAsync()).Split('\n'));
    }

    [Fact]
    public async Task Should_ReportAllAtOnce_When_SeveralValuesAreWrong() =>
        Assert.Equal(
            3,
            (await host.Folder.RunAsync("--target=Tiny", "--jobs=0", "--verbosity=loud", "--device=gpu")).Expect(ExitCode.Usage)
                .Errors.Count(line => line.StartsWith("error: command line: --", StringComparison.Ordinal)));

    [Fact]
    public async Task Should_NameTheFolder_When_ItHasNoExperiments()
    {
        using HostFolder folder = HostFolder.Create();
        Directory.Delete(folder.PathOf("experiments"), recursive: true);
        string error = Assert.Single((await folder.RunAsync("--target=Tiny")).Expect(ExitCode.Usage).Errors);
        Assert.Contains(folder.Root, error, StringComparison.Ordinal);
        Assert.Contains("experiments/", error, StringComparison.Ordinal);

        Directory.CreateDirectory(folder.PathOf("experiments"));
        Assert.Equal(
            ["error: --profile: There is no profile 'tiny'. experiments/profiles holds no YAML file."],
            (await folder.RunAsync("--target=Tiny")).Expect(ExitCode.Usage).Errors);
    }

    [Fact]
    public async Task Should_GiveAllErrorsWithTheirPlaces_When_TheYamlIsBroken()
    {
        using HostFolder folder = HostFolder.Create();
        folder.Edit("experiments/profiles/tiny.yaml", "description:", "descripton:");
        folder.Edit("experiments/profiles/tiny.yaml", "count: 120}}\nbenchmarks", "count: many}}\nbenchmarks");
        folder.Edit("experiments/profiles/tiny.yaml", "replicates: [1]", "replicates: [0]");
        folder.Edit("experiments/tables/Tiny.yaml", "baseline: Random", "baseline: Ramdom");
        File.AppendAllText(folder.PathOf("experiments/tables/Short.yaml"), "rows: [");
        foreach (string[] command in
            (string[][])[["--target=Tiny"], ["--target=Tiny", "--dryrun"], ["--description"], ["--target=Show", "Tiny/base"], ["--target=Verify", "Tiny"]])
        {
            HostRun run = (await folder.RunAsync(command)).Expect(ExitCode.Usage);
            Assert.Empty(run.Output);
            Assert.Equal(
                [
                    "error: experiments/profiles/tiny.yaml:3:1: There is no key 'descripton' in the profile. Did you mean 'description'?",
                    "error: experiments/profiles/tiny.yaml:7:42: 'count' must be an integer, not 'many'. Give an integer from 1 to 10000000.",
                    "error: experiments/profiles/tiny.yaml:24:14: 'replicates' is 0, which is out of range. Give an integer from 1 to 1000000.",
                ],
                run.Errors.Where(line => line.Contains("tiny.yaml", StringComparison.Ordinal)));
            Assert.Contains(run.Errors, line => line.StartsWith("error: experiments/tables/Short.yaml:10:", StringComparison.Ordinal));
            Assert.All(run.Errors, line => Assert.Matches(@"^error: experiments/\w+/\w+\.yaml:\d+:\d+: \S.*\. \S", line));
        }
    }

    [Fact]
    public void Should_BeReserved_When_AWordIsAVerb()
    {
        // A table or a row that was called like a verb could not be made.
        Assert.Equal(Verb.All.Select(verb => verb.Name.ToString()!).Order(StringComparer.Ordinal), ReservedNames.Verbs);
        Assert.Empty(ReservedNames.Verbs.Intersect(ReservedNames.Words, StringComparer.OrdinalIgnoreCase));
        foreach (string look in (string[])["description", "dryrun", "explain", "tree", "help", "version"])
        {
            Assert.Contains(look, Switch.All.Select(item => item.Name));
            Assert.Contains(look, ReservedNames.Words, StringComparer.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Should_ListEveryVerbAndSwitch_When_HelpIsAskedFor()
    {
        HostRun help = (await host.Folder.RunBareAsync("--help")).Expect(ExitCode.Done);
        Assert.All(Switch.All, item => Assert.Contains($"  --{item.Name}", help.Output, StringComparison.Ordinal));
        Assert.Matches(@"(?m)^  --to=FOLDER +with Diagnose, Export, Publish and Report: the folder", help.Output);
        Assert.Matches(
            @"(?m)^  --format=FORM +with Compare text, markdown, csv, flips or html; with Diff text, markdown or html; with Export files, ", help.Output);
        Assert.Matches(@"(?m)^  --reason=TEXT +with --accept: why", help.Output);
        Assert.All(Verb.All, verb => Assert.Contains($"  {verb.Name} ", help.Output, StringComparison.Ordinal));
        Assert.Contains(
            "Exit codes: 0 done; 1 a target failed; 2 usage, configuration or a wrong file of yours; 3 a lock does not hold; 130 interrupted.", help.Output,
            StringComparison.Ordinal);
        Assert.Equal(help.Output, (await host.Folder.RunBareAsync()).Expect(ExitCode.Usage).Output);
        Assert.Matches(@"^NaturalThoughts \d+\.\d+\.\d+\n$", (await host.Folder.RunBareAsync("--version")).Expect(ExitCode.Done).Output);
    }
}
