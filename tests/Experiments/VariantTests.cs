using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>Rows that change the way from a pool to a student.</summary>
public sealed class VariantTests
{
    [Theory]
    [InlineData("corrupt: 0.25", "Random-corrupt0.25/200/System2")]
    [InlineData("correctOnly: true", "Random-correct/200/System2")]
    [InlineData("share: 0.5", "Random-share0.5/200/System2")]
    [InlineData("share: 1", "Random/200/System2")]
    [InlineData("exceptDomain: Literature and Arts", "Random-withoutLiteratureandArts/200/System2")]
    [InlineData("levels: [3, 1]", "Random-levels13/200/System2")]
    [InlineData("annotationNoise: 0.1", "Random-noise0.1/200/System2")]
    [InlineData("epochs: 7", "Random/200/System2-epochs7")]
    [InlineData("match: tokens, matchWith: VerbosityLow, baseline: VerbosityLow/200/System2", "Random-likeVerbosityLow/200/System2-tokens")]
    [InlineData("match: steps, mode: direct", "Random/200/System2-steps-direct")]
    [InlineData("corrupt: 0.5, label: Spoilt, epochs: 2", "Spoilt/200/System2-epochs2")]
    [InlineData("permuteAnnotations: all, annotationNoise: 1", "Random-permuted-noise1/200/System2")]
    [InlineData("permuteAnnotations: lengths", "Random-permuted-lengths/200/System2")]
    public void Should_SayWhatIsChanged_When_ARowHasAnAddress(string keys, string address)
    {
        using Workbench bench = new();
        bench.Write(
            "tables/Ablation.yaml",
            Table(
                "  - {methods: [Random, VerbosityLow], sizes: smallest}\n  - {methods: [VerbosityLow], sizes: largest}\n  - {methods: [Random], sizes: "
                + "largest, mode: direct, label: Plain}\n"
            + $"  - {{methods: [Random], sizes: largest, {keys}}}"
            + (keys.Contains("match: steps", StringComparison.Ordinal) ? "\n  - {methods: [Random], sizes: largest, mode: direct}" : "")));

        Assert.Contains(address, bench.Load().Tables.Single().Cells.Select(cell => cell.Address));
    }

    [Fact]
    public void Should_ReachItsStage_When_SomethingIsChanged()
    {
        TargetGraph graph = Plan("""
              - {methods: [Random, VerbosityLow, SemanticEmbeddings], sizes: largest}
              - {methods: [Random], sizes: largest, corrupt: 0.25, expect: worse}
              - {methods: [VerbosityLow], sizes: largest, correctOnly: true, exceptDomain: Law, levels: [2, 1], annotationNoise: 0.5, share: 0.5}
              - {methods: [VerbosityLow], sizes: largest, match: tokens}
              - {methods: [Random], sizes: largest, match: steps, matchWith: SemanticEmbeddings, baseline: SemanticEmbeddings/largest/System2, epochs: 5}
            """);

        Assert.Equal(0.25, (double)graph["Ablation/Random-corrupt0.25/200/System2/seed1/compose"].Parameters["corrupt"]!);
        Assert.Null(graph["Ablation/Random/200/System2/seed1/compose"].Parameters["corrupt"]);
        Assert.Equal(
            "worse",
            (string?)graph["Ablation/table"].Parameters["cells"]!.AsArray().Single(cell => (string)cell!["method"]! == "Random-corrupt0.25")!["expect"]);

        // A corrupted student has the selection of the clean one.
        Assert.Equal(
            CanonicalJson.Write(graph["Ablation/Random/200/System2/seed1/select"].Parameters),
            CanonicalJson.Write(graph["Ablation/Random-corrupt0.25/200/System2/seed1/select"].Parameters));

        Target other = graph["Ablation/VerbosityLow-correct-share0.5-withoutLaw-levels12-noise0.5/200/System2/seed1/select"];
        Assert.Equal(
            """{"annotationNoise":0.5,"correctOnly":true,"exceptDomain":"Law","levels":["1","2"],"method":"Verbosity","seed":"tiny/1","share":0.5,"size":200,"verbosity":{"max":3,"min":0}}""",
            CanonicalJson.Write(other.Parameters));
        Assert.Equal("data/trace-grades", other.Inputs["traceGrades"].TargetAddress);

        Target matched = graph["Ablation/VerbosityLow/200/System2-tokens/seed2/select"];
        Assert.Equal(
            """{"batchTokens":4096,"by":"tokens","epochs":2,"mix":"System2","trainingSeed":"tiny/2","with":{"method":"Random","seed":"tiny/2","size":200}}""",
            CanonicalJson.Write(matched.Parameters["match"]!));
        Assert.Equal(["lengths", "signals"], matched.Inputs.Keys.Order(StringComparer.Ordinal));

        Target like = graph["Ablation/Random-likeSemanticEmbeddings/200/System2-steps-epochs5/seed1/select"];
        Assert.Equal(["clusters", "lengths", "signals"], like.Inputs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(5, (int)like.Parameters["match"]!["epochs"]!);
        Assert.Equal(5, (int)graph["Ablation/Random-likeSemanticEmbeddings/200/System2-steps-epochs5/seed1/fine-tune"].Parameters["training"]!["epochs"]!);
        Assert.Equal(200, (int)like.Parameters["size"]!);
    }

    [Fact]
    public void Should_BeMatchedWithTraces_When_ARowIsAMix()
    {
        using Workbench bench = new();
        bench.Write("tables/Ablation.yaml", Table("""
              - {methods: [Random], sizes: largest}
              - {methods: [Random], sizes: largest, mode: direct}
              - {methods: [Random], sizes: largest, mix: [Difficulty, Random0.4]}
              - {methods: [Random], sizes: largest, mix: [System2, Difficulty, Random0.4, System1], match: tokens, matchMix: System2}
              - {methods: [VerbosityLow], sizes: largest, mix: [Difficulty, System1], mode: direct, match: steps, matchMix: Difficulty, matchWith: Random, baseline: Random/largest/Difficulty}
              - {methods: [Random], sizes: largest, mix: RandomAsDifficulty, mode: direct, match: steps}
            """));
        TargetGraph graph = bench.Plan().Graph;

        Target difficulty = graph["Ablation/Random/200/Difficulty-tokens/seed1/select"];
        Assert.Equal(
            """{"batchTokens":4096,"by":"tokens","epochs":2,"mix":"Difficulty","trainingSeed":"tiny/1","with":{"method":"Random","seed":"tiny/1","size":200},"withMix":"System2"}""",
            CanonicalJson.Write(difficulty.Parameters["match"]!));
        Assert.Equal(["judgements", "lengths", "signals"], difficulty.Inputs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["lengths", "signals"], graph["Ablation/Random/200/System1-tokens/seed1/select"].Inputs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(difficulty.Address, graph["Ablation/Random/200/Difficulty-tokens/seed1/compose"].Inputs["selection"].TargetAddress);
        Assert.Equal("Difficulty", (string?)graph["Ablation/Random/200/Difficulty-tokens/seed1/compose"].Parameters["mix"]);
        Assert.Equal("tiny/1", (string?)graph["Ablation/Random/200/Difficulty-tokens/seed1/compose"].Parameters["seed"]);
        Assert.Null(graph["Ablation/Random/200/System2-tokens/seed1/select"].Parameters["match"]!["withMix"]);
        Assert.Equal(
            ["judgements", "lengths", "signals"], graph["Ablation/VerbosityLow/200/System1-steps/seed1/select"].Inputs.Keys.Order(StringComparer.Ordinal));
        Assert.Null(graph["Ablation/VerbosityLow/200/Difficulty-steps-direct/seed1/select"].Parameters["match"]!["withMix"]);
        Assert.Equal("System2", (string?)graph["Ablation/Random/200/RandomAsDifficulty-steps-direct/seed1/select"].Parameters["match"]!["withMix"]);

        // In a mode that the row names, the other student is asked in it too.
        Dictionary<string, string?> baselines = bench.Load().Tables.Single().Cells.ToDictionary(cell => cell.Address, cell => cell.Baseline);
        Assert.Equal("Random/200/System2", baselines["Random/200/Difficulty-tokens"]);
        Assert.Equal("Random/200/System2", baselines["Random/200/System1-tokens"]);
        Assert.Equal("Random/200/System2-direct", baselines["Random/200/RandomAsDifficulty-steps-direct"]);
        Assert.Equal("Random/200/Difficulty", baselines["VerbosityLow/200/System1-steps"]);
        Assert.Contains("as many tokens as Random System2", bench.Plan().Describe("Ablation/Random/200/Difficulty-tokens"), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_BeComparedWithTheUnmatchedBaseline_When_ARowIsMatched()
    {
        using Workbench bench = new();
        bench.Write("tables/Ablation.yaml", Table("  - {methods: [Random], sizes: all}\n  - {methods: [VerbosityLow], sizes: all, match: tokens}"));

        Assert.Equal(
            ["Random/50/System2", "Random/200/System2"],
            bench.Load().Tables.Single().Cells.Where(cell => cell.Row == "VerbosityLow").Select(cell => cell.Baseline));
    }

    [Theory]
    [InlineData("corrupt: 0", "'corrupt' is 0")]
    [InlineData("corrupt: 1.5", "'corrupt' is 1.5")]
    [InlineData("annotationNoise: much", "'annotationNoise' must be a finite number")]
    [InlineData("share: -1", "'share' is -1")]
    [InlineData("match: token", "'match' cannot be 'token'")]
    [InlineData("match: tokens, share: 0.5", "A row that is matched has no share")]
    [InlineData("match: tokens, matchMix: Difficult", "There is no mix 'Difficult'")]
    [InlineData("matchMix: System2", "the row has no 'match'")]
    [InlineData("match: tokens, matchWith: Nobody", "There is no method 'Nobody'")]
    [InlineData("matchWith: Random", "the row has no 'match'")]
    [InlineData("correctOnly: yes", "'correctOnly' must be true or false")]
    [InlineData("levels: [0]", "'levels' is 0")]
    [InlineData("levels: 3", "'levels' must be a list of integers")]
    [InlineData("epochs: 0", "'epochs' is 0")]
    [InlineData("expect: good", "'expect' cannot be 'good'")]
    public void Should_SayWhatIsWrong_When_AKeyIs(string keys, string message)
    {
        using Workbench bench = new();
        bench.Write("tables/Ablation.yaml", Table($"  - {{methods: [Random], sizes: largest}}\n  - {{methods: [VerbosityLow], sizes: largest, {keys}}}"));

        Assert.Contains(message, bench.Fails().Errors[0].Message, StringComparison.Ordinal);
        Assert.StartsWith("experiments/tables/Ablation.yaml:8:", bench.Fails().Errors[0].Location, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_GradeAPartOfTheQuestions_When_ATableIsOfADomain()
    {
        using Workbench bench = new();
        bench.Write("tables/Ablation.yaml", Table("  - {methods: [Random], sizes: largest}", "only: {domain: [Law, Science]}\n"));
        TargetGraph graph = bench.Plan().Graph;

        Target keep = graph["Ablation/Random/200/System2/seed1/keep/Hard"], grade = graph["Ablation/Random/200/System2/seed1/grade/Hard"];
        Assert.Equal("""{"meta":"domain","values":["Law","Science"]}""", CanonicalJson.Write(keep.Parameters));
        Assert.Equal("Ablation/Random/200/System2/seed1/generate/Hard", keep.Inputs["answers"].TargetAddress);
        Assert.Equal(
            [new TargetInput(keep.Address, "answers.jsonl"), new TargetInput(keep.Address, "questions.jsonl")],
            grade.Inputs.OrderBy(input => input.Key, StringComparer.Ordinal).Select(input => input.Value));

        bench.Write("tables/Ablation.yaml", Table("  - {methods: [Random], sizes: largest}", "only: {domain: Law, level: 3}\n"));
        Assert.Contains("more than one meta", bench.Fails().Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_SelectNearToHeldOutQuestions_When_TheMethodIsRdsPlus()
    {
        using Workbench bench = new();
        bench.Change("profiles/base.yaml", "  ModelsDisagree:\n", "  ModelsDisagree:\n  RDSPlus:\n  ShortReference: {maxCharacters: 2}\n");
        bench.Write("tables/Ablation.yaml", Table("  - {methods: [Random, ShortReference, RDSPlus], sizes: largest}"));
        Assert.Contains("the profile has none", Assert.Single(bench.Fails().Errors).Message, StringComparison.Ordinal);

        bench.Change("profiles/base.yaml", "methods:\n", "targets:\n  Hard: {world: {count: 4}}\n  Free: {world: {count: 3, seed: own}}\nmethods:\n");
        TargetGraph graph = bench.Plan().Graph;

        Assert.Equal("base/nearest", graph["Ablation/RDSPlus/200/System2/seed1/select"].Inputs["nearest"].TargetAddress);
        Assert.Equal(["embeddings", "target/Free", "target/Hard"], graph["base/nearest"].Inputs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("data/targets/Hard/held-out", graph["base/embed-target/Hard"].Inputs["questions"].TargetAddress);

        // Another draw than the benchmark's, without what any benchmark asks.
        Assert.Equal(
            ("tests/targets", "own"), ((string?)graph["data/targets/Hard"].Parameters["seed"], (string?)graph["data/targets/Free"].Parameters["seed"]));
        Assert.Equal("tests", (string?)graph["world/benchmark/Hard"].Parameters["seed"]);
        Assert.Equal(["benchmark/Free", "benchmark/Hard", "questions"], graph["data/targets/Hard/held-out"].Inputs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("Position", (string?)graph["base/embed-position"].Parameters["pooling"]);
        Assert.False(graph["base/embed"].Parameters.ContainsKey("pooling"));

        // Profiles on top may have no targets.
        bench.Write("profiles/tiny.yaml", "extends: base.yaml\nname: tiny\ntargets:\n");
        Assert.Contains("the profile has none", bench.Fails().Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_NeedNothingMore_When_NoRowAsks()
    {
        using Workbench bench = new();

        Assert.DoesNotContain(bench.Plan().Graph.Order, address => address is "data/trace-grades" or "base/example-lengths" or "base/nearest");
    }

    private static TargetGraph Plan(string rows)
    {
        using Workbench bench = new();
        bench.Write("tables/Ablation.yaml", Table(rows));
        return bench.Plan().Graph;
    }

    private static string Table(string rows, string more = "") =>
        $"name: Ablation\ntitle: A small table\ndescription: Rows.\nbaseline: Random\nclass: pinned\n{more}rows:\n{rows}\n";
}
