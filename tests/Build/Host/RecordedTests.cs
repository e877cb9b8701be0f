using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

/// <summary>Tables over what several models answered, whose files lie in a folder that the environment names.</summary>
[Collection(HostFixture.Name)]
public sealed class RecordedTests
{
    [Fact]
    public async Task Should_MakeTablesOfAllKinds_When_SeveralModelsAnsweredTheSameQuestions()
    {
        using RecordedFolder folder = new();

        (await folder.RunAsync("--target=Signs")).Expect(ExitCode.Done);
        (await folder.RunAsync("--target=Rules")).Expect(ExitCode.Done);
        (await folder.RunAsync("--target=Plain")).Expect(ExitCode.Done);

        foreach (string table in new[] { "Signs", "Rules", "Plain" })
        {
            string page = folder.Host.Read($"results/recorded/{table}.md");
            Assert.Contains(
                "Quiz: 38 questions that all rows answered in the same wording; 2 left out: Bob-seed1 notAnswered 1, referenceDiffers 1.", page,
                StringComparison.Ordinal);
            Assert.DoesNotContain("Question 1", page, StringComparison.Ordinal);
            Assert.Contains("\"class\": \"exact\"", folder.Host.Read($"results/recorded/{table}.lock.json"), StringComparison.Ordinal);
            Assert.Contains("\"probe\": null", folder.Host.Read($"results/recorded/{table}.lock.json"), StringComparison.Ordinal);
        }

        // Drawn answers are marked in every table that counts them.
        Assert.Matches(
            @"\| Ada \|  \|  \| \d+\.\d( ± \d+\.\d)? ~ \| \d+\.\d \(strict-answer-line/2\) to \d+\.\d \(mmlu-pro-api/f418b11\) \|",
            folder.Host.Read("results/recorded/Plain.md"));
        Assert.EndsWith(
            ",drawn,lowest_protocol,lowest,highest_protocol,highest", folder.Host.Read("results/recorded/Plain.csv").Split('\n')[0], StringComparison.Ordinal);
        Assert.Matches(@"\| mmlu-pro-api/f418b11 \| \d+\.\d ~ \|", folder.Host.Read("results/recorded/Rules.md"));
        Assert.Contains("category,Two,,mean,first,", folder.Host.Read("results/recorded/Signs.csv"), StringComparison.Ordinal);

        // The locks hold from an empty store, with more jobs, and cell by cell.
        (await folder.RunAsync("--target=Verify", "Signs", "Rules", "Plain", "--from-scratch", "--jobs=3")).Expect(ExitCode.Done);
        (await folder.RunAsync("--target=Verify", "Signs/Bob", "Plain/Ada/seed1")).Expect(ExitCode.Done);
        (await folder.RunWithoutDataAsync("--target=Verify", "Signs")).Expect(ExitCode.Done);
    }

    [Fact]
    public async Task Should_SayWhereTheFilesAreMeantToBe_When_TheyAreNotAtHand()
    {
        using RecordedFolder folder = new();

        HostRun run = (await folder.RunWithoutDataAsync("--target=Signs")).Expect(ExitCode.Usage);

        Assert.Contains("questions.csv: The file is not there.", run.Error, StringComparison.Ordinal);
        Assert.Contains("NATURALTHOUGHTS_DATA", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_KeepEachVerdictAndScoreTheProtocols_When_APersonReadsOnATerminal()
    {
        using RecordedFolder folder = new();

        HostRun run = (await folder.TypeAsync("what\nr reads well\nw\ns\nu\n", "--target=Audit", "Rules/Ada", "--count=5", "--author=reader"))
            .Expect(ExitCode.Done);

        Assert.Contains("[1/", run.Output, StringComparison.Ordinal);
        Assert.Contains("  Reference: ", run.Output, StringComparison.Ordinal);
        string[] kept = File.ReadAllLines(folder.Host.PathOf("results/recorded/audit/Quiz.jsonl"));
        Assert.Equal(["right", "wrong", "unclear"], kept.Select(line => (string)System.Text.Json.Nodes.JsonNode.Parse(line)!["verdict"]!));
        Assert.Contains("\"author\":\"reader\"", kept[0], StringComparison.Ordinal);
        Assert.Contains("\"note\":\"reads well\"", kept[0], StringComparison.Ordinal);
        Assert.DoesNotContain("answer is", string.Concat(kept), StringComparison.Ordinal);

        // Two verdicts count; unclear ones do not. Nothing is asked twice.
        Assert.Matches(@"strict-answer-line/2 +\d +2 +\d+\.\d +\d+\.\d to +\d+\.\d", run.Output);
        HostRun again = (await folder.TypeAsync("q\n", "--target=Audit", "Rules/Ada", "--author=reader")).Expect(ExitCode.Done);
        Assert.Equal(3, File.ReadAllLines(folder.Host.PathOf("results/recorded/audit/Quiz.jsonl")).Length);
        Assert.All(
            kept,
            line => Assert.DoesNotContain(
                $"] question {(string)System.Text.Json.Nodes.JsonNode.Parse(line)!["questionId"]!}\n", again.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_ReadTheVerdictsBack_When_AFileIsFilledIn()
    {
        using RecordedFolder folder = new();
        string file = folder.Host.PathOf("sheet.txt");
        string[] audit = ["--target=Audit", "Rules", "--file=" + file, "--count=4", "--author=reader"];

        HostRun written = (await folder.RunAsync(audit)).Expect(ExitCode.Done);
        Assert.Contains("4 answers to read", written.Output, StringComparison.Ordinal);
        string sheet = File.ReadAllText(file);
        File.WriteAllText(file, sheet.Replace("verdict:\n", "verdict: maybe\n", StringComparison.Ordinal));
        HostRun refused = (await folder.RunAsync(audit)).Expect(ExitCode.Usage);
        Assert.Equal(4, refused.Errors.Count(line => line.Contains("'maybe' is not a verdict.", StringComparison.Ordinal)));

        File.WriteAllText(file, sheet.Replace("verdict:\n", "verdict: w\n", StringComparison.Ordinal));
        Assert.Contains("4 new verdicts", (await folder.RunAsync(audit)).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        HostRun twice = (await folder.RunAsync(audit)).Expect(ExitCode.Done);

        Assert.Contains("0 new verdicts", twice.Output, StringComparison.Ordinal);
        Assert.Equal(4, File.ReadAllLines(folder.Host.PathOf("results/recorded/audit/Quiz.jsonl")).Length);
        Assert.Equal(
            ["error: Audit: No answers below 'benchmarks/Quiz' are graded by several protocols. Name two or more in 'protocol' of the profile's benchmark."],
            (await folder.RunAsync("--target=Audit", "benchmarks/Quiz")).Expect(ExitCode.Usage).Errors);
    }

    [Fact]
    public async Task Should_ShowNoText_When_AConfidentialBenchmarkIsAudited()
    {
        using RecordedFolder folder = new();
        folder.Host.Edit("experiments/profiles/recorded.yaml", "options: 3,", "options: 3, confidential: true,");
        string file = folder.Host.PathOf("sheet.txt");

        HostRun piped = (await folder.TypeAsync("r\n", "--target=Audit", "Rules/Ada")).Expect(ExitCode.Usage);
        HostRun written = (await folder.RunAsync("--target=Audit", "Rules/Ada", "--file=" + file)).Expect(ExitCode.Usage);

        Assert.All(
            new[] { piped, written },
            run => Assert.Contains("The benchmark is confidential: its text goes into no file and no pipe.", run.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("Reference: ", piped.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }
}
