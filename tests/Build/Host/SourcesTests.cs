using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

/// <summary>Questions, recorded work and recorded answers out of files of the user's, from YAML to a table.</summary>
[Collection(HostFixture.Name)]
public sealed class SourcesTests
{
    private const string Profile = """
        extends: tiny.yaml
        name: given
        description: Data from files.
        data:
          questions: {file: data/pool.jsonl, map: {text: question, reference: reference_answer}}
          teacher: {recorded: {file: data/traces.jsonl, map: {text: question, output: messages}}}
          second: {recorded: {map: {text: question, output: "responses[0].response"}}}
          annotator: {recorded: {file: data/notes.csv, map: {text: question, domain: domain, strategies: strategies, verbosity: verbosity}}}
        benchmarks:
          Letters: {file: data/letters.csv, options: 2, protocol: PROTOCOL, map: {id: id, text: question, reference: {field: answer, as: letter}, options: {columns: [a, b]}}}
        methods:
          ModelsDisagree:
        sizes: [1, 2]
        sft: {epochs: {1: 1, 2: 1}}

        """;

    private const string Table = """
        name: Given
        title: What others answered
        description: Two models' answers to four questions.
        profiles: [given]
        baseline: First
        class: exact
        benchmarks: [Letters]
        replicates: [1]
        rows:
          - {recorded: {file: answers/first.jsonl, map: {id: id, output: text}}, label: First}
          - {recorded: {file: answers/second.jsonl, map: {id: id, output: text}}, label: Second, baseline: First}
          - {methods: [ModelsDisagree], sizes: largest}

        """;

    [Fact]
    public async Task Should_GradeWhatOthersAnswered_When_ATableHasRecordedRows()
    {
        using HostFolder folder = Given();
        folder.Edit("experiments/tables/Given.yaml", "  - {methods: [ModelsDisagree], sizes: largest}\n", "");

        HostRun run = (await folder.RunAsync("--target=Given", "--profile=given", "--verbosity=verbose")).Expect(ExitCode.Done);

        Assert.Equal(
            [
                "Given/First/seed1/grade/Letters", "Given/First/seed1/import/Letters", "Given/Second/seed1/grade/Letters", "Given/Second/seed1/import/Letters",
                "Given/table", "benchmarks/Letters",
            ],
            run.Ran);
        string table = folder.Read("results/given/Given.md");
        Assert.Contains("| First |  |  | 75.0 ", table, StringComparison.Ordinal);
        Assert.Contains("| Second |  |  | 25.0 ", table, StringComparison.Ordinal);
        Assert.Contains("graded by " + Evaluation.GradingProtocol.StrictAnswerLine, table, StringComparison.Ordinal);
        Assert.Contains("\"class\": \"exact\"", folder.Read("results/given/Given.lock.json"), StringComparison.Ordinal);
        (await folder.RunAsync("--target=Verify", "Given", "--profile=given")).Expect(ExitCode.Done);

        // One answer more is right: its row alone is graded anew, and the lock says so.
        folder.Edit("answers/second.jsonl", "{\"id\":\"q3\",\"text\":\"Answer: A\"}", "{\"id\":\"q3\",\"text\":\"Answer: B\"}");
        HostRun moved = (await folder.RunAsync("--target=Given", "--profile=given", "--verbosity=verbose")).Expect(ExitCode.LockBroken);
        Assert.Equal(["Given/Second/seed1/grade/Letters", "Given/Second/seed1/import/Letters", "Given/table"], moved.Ran);
    }

    [Fact]
    public async Task Should_MakeATrainingSet_When_AllOfTheDataIsRecorded()
    {
        using HostFolder folder = Given();

        HostRun run = (await folder.RunAsync("--target=Given/ModelsDisagree/2/System2/seed1/compose", "--profile=given", "--verbosity=verbose"))
            .Expect(ExitCode.Done);

        Assert.Equal(
            [
                "Given/ModelsDisagree/2/System2/seed1/compose", "Given/ModelsDisagree/2/System2/seed1/select", "data/annotations", "data/judge",
                "data/questions", "data/second", "data/signals", "data/traces",
            ],
            run.Ran);
        HostRun shown = (await folder.RunAsync("--target=Show", "Given/ModelsDisagree/2/System2/seed1/compose", "--profile=given")).Expect(ExitCode.Done);
        string file = System.Text.RegularExpressions.Regex.Match(shown.Output, @"training\.jsonl: \d+ bytes, (\S+)").Groups[1].Value;
        string[] examples = File.ReadAllLines(folder.PathOf(file));
        Assert.Equal(2, examples.Length);
        Assert.All(examples, example => Assert.Contains("<think>", example, StringComparison.Ordinal));
        Assert.Equal(
            ["two", "three"], new[] { "two", "three" }.Where(word => examples.Any(example => example.Contains($"What is {word}?", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Should_DropWhatABenchmarkAsks_When_ThePoolIsCleaned()
    {
        using HostFolder folder = Given();
        folder.Edit("experiments/profiles/given.yaml", "data:\n", "data:\n  clean: {duplicates: exact, decontaminate: [Letters]}\n");
        const string Asked = "Which of these two words says that somebody agrees with what was asked before";
        folder.Edit("data/letters.csv", "First?", Asked);
        File.AppendAllText(folder.PathOf("data/pool.jsonl"), Lines([
            $$"""{"question":"Tell me: {{Asked}}?","reference_answer":"yes","responses":[{"response":"yes"}]}""",
            """{"question":"What is two ?","reference_answer":"2","responses":[{"response":"2"}]}""",
        ]));

        (await folder.RunAsync("--target=data/clean", "--profile=given")).Expect(ExitCode.Done);
        HostRun shown = (await folder.RunAsync("--target=Show", "data/clean", "--profile=given")).Expect(ExitCode.Done);

        Assert.Contains("\n  rows: 4\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("\n  dropped: 2\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("\n  duplicate: 1\n", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_ShowNoText_When_TheBenchmarkIsConfidential()
    {
        using HostFolder folder = Given();
        folder.Edit("experiments/tables/Given.yaml", "  - {methods: [ModelsDisagree], sizes: largest}\n", "");
        (await folder.RunAsync("--target=Given/First/seed1/grade/Letters", "--profile=given")).Expect(ExitCode.Done);
        Assert.Contains(
            "Answer: A", (await folder.RunAsync("--target=Show", "Given/First/seed1/grade/Letters", "--profile=given")).Output, StringComparison.Ordinal);

        folder.Edit("experiments/profiles/given.yaml", "options: 2,", "options: 2, confidential: true,");
        (await folder.RunAsync("--target=Given/First/seed1/grade/Letters", "--profile=given")).Expect(ExitCode.Done);
        HostRun shown = (await folder.RunAsync("--target=Show", "Given/First/seed1/grade/Letters", "--profile=given")).Expect(ExitCode.Done);

        Assert.Contains("accuracy: 3/4", shown.Output, StringComparison.Ordinal);
        Assert.Contains("  q1 (right, extracted not shown", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Answer:", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("First?", shown.Output, StringComparison.Ordinal);

        // The report tells verdicts and ids, and no text.
        (await folder.RunAsync("--target=Given", "--profile=given")).Expect(ExitCode.Done);
        (await folder.RunAsync("--target=Report", "--profile=given")).Expect(ExitCode.Done);
        string report = string.Concat(Directory.GetFiles(folder.PathOf(".cache/report/given"), "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.Contains("\"confidential\":true", report, StringComparison.Ordinal);
        Assert.Contains("{\"id\":\"q1\"}", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Answer: A", report, StringComparison.Ordinal);
        Assert.DoesNotContain("First?", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_NameTheRowAndGoNoFurther_When_ABenchmarkIsDamaged()
    {
        using HostFolder folder = Given();
        folder.Edit("data/letters.csv", "q3,Third?,no,yes,B", "q3,Third?,no,yes,Z");

        HostRun run = (await folder.RunAsync("--target=benchmarks/Letters", "--profile=given")).Expect(ExitCode.Usage);

        Assert.Contains("letters.csv", run.Error, StringComparison.Ordinal);
        Assert.Contains("'Z'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_SayBoth_When_TheFileIsNotTheOneThatIsDeclared()
    {
        using HostFolder folder = Given();
        string wrong = new('0', 64);
        folder.Edit("experiments/profiles/given.yaml", "file: data/letters.csv,", $"file: data/letters.csv, sha256: {wrong},");

        HostRun run = (await folder.RunAsync("--target=benchmarks/Letters", "--profile=given")).Expect(ExitCode.Usage);

        Assert.Contains(wrong, run.Error, StringComparison.Ordinal);
        Assert.Contains(ContentHash.OfFile(folder.PathOf("data/letters.csv")).Hex, run.Error, StringComparison.Ordinal);
    }

    // Of four questions the second model answers two as the teacher does. First is right on three of four letters, Second on one.
    private static HostFolder Given()
    {
        HostFolder folder = HostFolder.Create();
        folder.Write("experiments/profiles/given.yaml", Profile.Replace("PROTOCOL", Evaluation.GradingProtocol.StrictAnswerLine, StringComparison.Ordinal));
        folder.Write("experiments/tables/Given.yaml", Table);
        (string Word, string Teacher, string Second)[] pool = [("one", "1", "1"), ("two", "2", "7"), ("three", "3", "8"), ("four", "4", "4")];
        folder.Write("data/pool.jsonl", Lines(pool.Select(row =>
            $$"""{"question":"What is {{row.Word}}?","reference_answer":"{{row.Teacher}}","responses":[{"response_model":"m","response":"Answer: {{row.Second}}"}]}""")));
        folder.Write("data/traces.jsonl", Lines(pool.Select(row =>
            $$"""{"question":"What is {{row.Word}}?","messages":[{"role":"user","content":"What is {{row.Word}}?"},{"role":"assistant","content":"<think>\nCount.\n</think>\nAnswer: {{row.Teacher}}"}]}""".Replace("\n", "\\n", StringComparison.Ordinal))));
        folder.Write(
            "data/notes.csv", "question,domain,strategies,verbosity\n" + Lines(pool.Select(row => $"What is {row.Word}?,Science,counting;checking,3")));
        folder.Write("data/letters.csv", "id,question,a,b,answer\nq1,First?,yes,no,A\nq2,Second?,yes,no,A\nq3,Third?,no,yes,B\nq4,Fourth?,no,yes,B\n");
        folder.Write("answers/first.jsonl", Lines(new[] { "A", "A", "B", "A" }.Select((letter, i) => $$"""{"id":"q{{i + 1}}","text":"Answer: {{letter}}"}""")));
        folder.Write(
            "answers/second.jsonl", Lines(new[] { "B", "A", "A", "A" }.Select((letter, i) => $$"""{"id":"q{{i + 1}}","text":"Answer: {{letter}}"}""")));
        return folder;
    }

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
