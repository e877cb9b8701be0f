using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>Benchmarks that are asked several times, and in several phrasings.</summary>
public sealed class RepeatsTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Should_GiveEachRepeatItsSeed_When_ABenchmarkHasSeeds()
    {
        TargetGraph before = _bench.Plan().Graph;
        Extend("benchmarks: {Hard: {seeds: 3}}");

        TargetGraph graph = _bench.Plan().Graph;

        string first = (string)before["Ablation/base/seed1/generate/Hard"].Parameters["seed"]!;
        Assert.Equal(
            [first, first + "/repeat2", first + "/repeat3"],
            new[] { "", "/repeat2", "/repeat3" }.Select(repeat => (string)graph["Ablation/base/seed1/generate/Hard" + repeat].Parameters["seed"]!));
        Target measure = graph["Ablation/base/seed1/measure/Hard"];
        Assert.Equal(new TargetInput("Ablation/base/seed1/grade/Hard/repeat3", "grades.jsonl"), measure.Inputs["grades/3"]);
        Assert.Equal(6, measure.Inputs.Count);
        Assert.Equal(new TargetInput(measure.Address, "grades.jsonl"), graph["Ablation/table"].Inputs["grades/base/Hard/seed1"]);

        // What is asked once stays as it was, and so does the first repeat.
        Assert.Equal(before["Ablation/table"].Inputs["grades/base/Free/seed1"], graph["Ablation/table"].Inputs["grades/base/Free/seed1"]);
        Assert.Equal(
            CanonicalJson.Write(before["Ablation/base/seed1/generate/Hard"].Parameters),
            CanonicalJson.Write(graph["Ablation/base/seed1/generate/Hard"].Parameters));
        Assert.DoesNotContain(graph["Ablation/table"].Inputs.Keys, role => role.StartsWith("measures/", StringComparison.Ordinal));
    }

    [Fact]
    public void Should_SampleEachRepeatAnew_When_TheModelIsBehindAnEndpoint()
    {
        Extend("benchmarks: {Hard: {seeds: 3, phrasings: [prompts/other.txt]}}");
        _bench.Write("prompts/other.txt", "Please: {question}\n{options}\n");
        _bench.Change("tables/Ablation.yaml", "class: pinned\n", "class: statistical\ncolumns: [phrasings]\n");
        _bench.Change("tables/Ablation.yaml", "  - base: true\n", "  - base: true\n  - {endpoint: http://localhost:8000/v1, model: R1, label: Theirs}\n");

        TargetGraph graph = _bench.Plan().Graph;

        // Two replicates of three answers: six samples, none of them twice.
        string[] answers =
        [
            .. from seed in (int[])[1, 2]
               from part in (string[])["", "/repeat2", "/repeat3"]
               select FormattableString.Invariant($"Ablation/Theirs/seed{seed}/answer/Hard{part}"),
        ];
        Assert.Equal([0, 1, 2, 3, 4, 5], answers.Select(answer => (int)graph[answer].Parameters["sample"]!));
        Assert.Equal(6, answers.Select(answer => (long)graph[answer].Parameters["endpoint"]!["sampling"]!["seed"]!).Distinct().Count());
        Assert.Equal(
            new TargetInput("Ablation/Theirs/seed2/grade/Hard/repeat3", "grades.jsonl"), graph["Ablation/Theirs/seed2/measure/Hard"].Inputs["grades/3"]);
        Assert.Equal("prompts/think/Hard/phrasing2", graph["Ablation/Theirs/seed1/answer/Hard/phrasing2"].Inputs["prompts"].TargetAddress);
    }

    [Fact]
    public void Should_ShuffleAnewInEachRepeat_When_ABenchmarkSaysSo()
    {
        Own("shuffled: true\nseeds: 3\n");
        Extend("benchmarks: {Own: {file: benchmarks/Own.yaml}}");

        TargetGraph graph = _bench.Plan().Graph;

        for (int replicate = 1; replicate <= 2; replicate++)
        {
            for (int repeat = 1; repeat <= 3; repeat++)
            {
                string part = repeat == 1 ? "" : "/repeat" + repeat.ToString(CultureInfo.InvariantCulture);
                string order = ((3 * (replicate - 1)) + repeat).ToString(CultureInfo.InvariantCulture);
                Assert.Equal("benchmarks/Own/order" + order, graph[$"Ablation/base/seed{replicate}/grade/Own{part}"].Inputs["questions"].TargetAddress);
                Assert.Equal("prompts/think/Own/order" + order, graph[$"Ablation/base/seed{replicate}/generate/Own{part}"].Inputs["prompts"].TargetAddress);
            }
        }
    }

    [Fact]
    public void Should_AskInEachPhrasing_When_TheTableAsksForThem()
    {
        _bench.Write("prompts/other.txt", "Please: {question}\n{options}\n");
        Extend("benchmarks: {Hard: {phrasings: [prompts/other.txt]}}");
        Assert.DoesNotContain(_bench.Plan().Graph.Order, address => address.Contains("phrasing", StringComparison.Ordinal));
        _bench.Change("tables/Ablation.yaml", "class: pinned\n", "class: pinned\ncolumns: [phrasings]\n");

        TargetGraph graph = _bench.Plan().Graph;

        Assert.Equal("Please: {question}\n{options}", (string)graph["prompts/think/Hard/phrasing2"].Parameters["template"]!);
        Target asked = graph["Ablation/base/seed2/generate/Hard/phrasing2"];
        Assert.Equal("prompts/think/Hard/phrasing2", asked.Inputs["prompts"].TargetAddress);
        Assert.Equal((string)graph["Ablation/base/seed2/generate/Hard"].Parameters["seed"]!, (string)asked.Parameters["seed"]!);
        IReadOnlyDictionary<string, TargetInput> table = graph["Ablation/table"].Inputs;
        Assert.Equal("Ablation/base/seed1/grade/Hard", table["phrasings/base/Hard/seed1/1"].TargetAddress);
        Assert.Equal("Ablation/base/seed1/grade/Hard/phrasing2", table["phrasings/base/Hard/seed1/2"].TargetAddress);
        Assert.Equal(new TargetInput("Ablation/base/seed1/measure/Hard", "measures.jsonl"), table["measures/base/Hard/seed1"]);

        // A student that is asked directly has the profile's prompt alone; so has a benchmark without phrasings.
        Assert.DoesNotContain(
            table.Keys,
            role => role.StartsWith("phrasings/Random/200/System1", StringComparison.Ordinal) || role.Contains("/Free/seed1/2", StringComparison.Ordinal));
    }

    [Fact]
    public void Should_TakeTheNextAnswersOfTheFile_When_ARecordedRowHasRepeats()
    {
        File.WriteAllText(Path.Combine(_bench.Root, "answers.jsonl"), "{}\n");
        _bench.Change(
            "tables/Ablation.yaml",
            "rows:\n",
            "benchmarks: [Hard]\nrows:\n  - {recorded: {file: answers.jsonl, map: {id: q, output: a}}, label: Theirs, repeats: {Hard: 2}, replicates: [1, "
            + "2]}\n");

        TargetGraph graph = _bench.Plan().Graph;

        Assert.Equal(
            [1, 2, 3, 4],
            new[] { "seed1/import/Hard", "seed1/import/Hard/repeat2", "seed2/import/Hard", "seed2/import/Hard/repeat2" }.Select(address =>
                (int)graph["Ablation/Theirs/" + address].Parameters["repeat"]!));
        Assert.Equal(
            new TargetInput("Ablation/Theirs/seed2/import/Hard/repeat2", "questions.jsonl"), graph["Ablation/Theirs/seed2/measure/Hard"].Inputs["questions/2"]);
    }

    [Theory]
    [InlineData("{seeds: 0}", "'seeds' is 0, which is out of range.")]
    [InlineData("{phrasings: [prompts/none.txt]}", "There is no prompt file 'prompts/none.txt'.")]
    [InlineData("{phrasings: [prompts/bare.txt]}", "The prompt lacks '{options}'")]
    [InlineData("{phrasings: [prompts/think.txt, prompts/think.txt]}", "appears twice in 'phrasings'")]
    public void Should_SayWhatIsWrong_When_ABenchmarkIsAskedOddly(string benchmark, string message)
    {
        _bench.Write("prompts/bare.txt", "{question}\n");
        Extend($"benchmarks: {{Hard: {benchmark}}}");

        Assert.Contains(message, _bench.Fails().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  - base: true\n", "  - {methods: [Random], repeats: 2}\n", "'repeats' of a row are those of recorded answers.")]
    [InlineData("class: pinned\n", "class: pinned\ncolumns: [pass@0]\n", "There is no column 'pass@0'.")]
    [InlineData("class: pinned\n", "class: pinned\ncolumns: [maj@]\n", "There is no column 'maj@'.")]
    public void Should_SayWhatIsWrong_When_ATableAsksOddly(string from, string to, string message)
    {
        _bench.Change("tables/Ablation.yaml", from, to);

        Assert.Contains(message, _bench.Fails().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_CountEveryAnswer_When_TheBudgetIsHeldAgainstATable()
    {
        Extend("benchmarks: {Hard: {seeds: 1000}}\nbudget: {generationTokens: 100000}");

        // The base and nine others, in 2 replicates, answer 10 questions 1,000 times and 10 once.
        Assert.Contains("asks for 200200 answers", _bench.Fails().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_HaveAtLeastFivePhrasings_When_ABenchmarkIsShipped()
    {
        foreach (string path in Directory.EnumerateFiles(Path.Combine(Workbench.Repository, "benchmarks"), "*.yaml"))
        {
            string[] files =
                [.. File.ReadAllLines(path).Where(line => line.StartsWith("  - prompts/benchmarks/", StringComparison.Ordinal)).Select(line => line[4..])];
            Assert.InRange(files.Length, 5, 20);
            Assert.Distinct(files.Select(file => File.ReadAllText(Path.Combine(Workbench.Repository, file))));
        }
    }

    private void Extend(string yaml) => _bench.Write("profiles/tiny.yaml", $"extends: base.yaml\nname: tiny\n{yaml}\n");

    private void Own(string more)
    {
        Directory.CreateDirectory(Path.Combine(_bench.Root, "data"));
        Directory.CreateDirectory(Path.Combine(_bench.Root, "experiments", "benchmarks"));
        File.WriteAllText(Path.Combine(_bench.Root, "data", "own.jsonl"), "{}\n");
        _bench.Write("prompts/own.txt", "{question}\n{options}\n");
        _bench.Write("benchmarks/Own.yaml", $$$"""
            name: Own
            version: 1
            description: Rows of our own.
            source: {files: {own.jsonl: unknown}, format: jsonl}
            map: {text: q, reference: {field: a, as: letter}, options: {list: o}}
            answer: letter
            options: 4
            prompt: prompts/own.txt
            protocols: [strict-answer-line/2]
            changes: {1: The first version.}
            {{{more}}}
            """);
    }
}
