using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Reporting;
using NaturalThoughts.Reporting.Modes;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>Tables that compare modes of thinking: what they make and read, and what is wrong with them.</summary>
public sealed class ModeTests : IDisposable
{
    private const string Modes = "modes: {scale: 120, budgets: [64, 8], easy: [1, 2], hard: [6], closed: [16, 0], answerTokens: 9}\n";
    private const string Prompts = "prompts: {think: prompts/think.txt, direct: prompts/direct.txt}";
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Should_TrainOnceAndAskInEveryMode_When_ATableComparesModes()
    {
        Write(Rows("mix: [Difficulty, RandomAsDifficulty]"), "columns: [modes, closed]\ninstructionDropout: 0.2\n");
        TargetGraph graph = _bench.Plan().Graph;
        string at = "Ablation/Random/200/Difficulty";

        Target compose = graph[at + "/seed1/compose"], adaptive = graph[at + "-adaptive/seed1/compose"];
        Assert.Equal((0.2, "{question}\n{options}"), ((double)compose.Parameters["instructionDropout"]!, (string)compose.Parameters["adaptive"]!));
        Assert.True(graph["Ablation/Random/200/RandomAsDifficulty/seed1/compose"].Inputs.ContainsKey("judgements"));

        // One key for both modes: the student is made once.
        foreach (string stage in new[] { "select", "compose", "fine-tune" })
        {
            Assert.Equal(CanonicalJson.Write(graph[$"{at}/seed2/{stage}"].Parameters), CanonicalJson.Write(graph[$"{at}-adaptive/seed2/{stage}"].Parameters));
        }

        Assert.Equal(compose.Inputs["questions"], adaptive.Inputs["questions"]);
        Assert.Equal("prompts/adaptive/Hard", graph[at + "-adaptive/seed1/generate/Hard"].Inputs["prompts"].TargetAddress);
        Target close = graph[at + "/seed1/close/Hard"];
        Assert.Equal(at + "/seed1/generate/Hard:answers.jsonl", close.Inputs["answers"].ToString());
        Assert.Equal((9, "[0,16]"), ((int)close.Parameters["generation"]!["maxNewTokens"]!, close.Parameters["budgets"]!.ToJsonString()));
        Assert.Equal(at + "/seed1/close/Hard:answers-16.jsonl", graph[at + "/seed1/grade-closed/Hard/16"].Inputs["answers"].ToString());
        Assert.DoesNotContain(graph.Order, address => address.Contains("-direct/seed1/close/", StringComparison.Ordinal));

        Target table = graph["Ablation/table"];
        Assert.Equal(at + "/seed1/compose:report.json", table.Inputs[TableRoles.Composition("Random/200/Difficulty", 1)].ToString());
        Assert.Equal("world/benchmark/Hard:questions.jsonl", table.Inputs[TableRoles.Benchmark("Hard")].ToString());
        Assert.Equal(at + "/seed2/grade-closed/Free/0:grades.jsonl", table.Inputs[TableRoles.Closed("Random/200/Difficulty", "Free", 2, 0)].ToString());
        ModeOptions options = StageParameters.Read<TableOptions>(table.Parameters).Modes!;
        Assert.Equal((120, "8 64", "0 16"), (options.Scale, string.Join(' ', options.Budgets), string.Join(' ', options.Closed)));
        Assert.Contains(new ModeCell("Random/200/Difficulty-adaptive", "Random/200/Difficulty", "adaptive", "Difficulty"), options.Cells);
        Assert.Contains(new ModeCell("Random/200/Difficulty", "Random/200/Difficulty", "think", "Difficulty", IsDrawn: false, Closed: true), options.Cells);
        Assert.Contains(new ModeCell("Random/200/System1", "Random/200/System1", "direct", "System1", IsDrawn: true), options.Cells);
        Assert.Contains(new ModeCell("base", "base", "think", Closed: true), options.Cells);
    }

    [Fact]
    public void Should_CountPromptsWithoutInstruction_When_AMixOfSuchATableIsMatched()
    {
        Write("  - {methods: [Random], sizes: largest, mix: Difficulty, match: tokens}\n", "columns: [modes]\ninstructionDropout: 0.2\n");
        TargetGraph graph = _bench.Plan().Graph;

        Target select = graph["Ablation/Random/200/Difficulty-tokens/seed1/select"];
        Assert.Equal(0.2, (double)select.Parameters["match"]!["instructionDropout"]!);
        Assert.Equal("base/example-lengths-adaptive", select.Inputs["lengths"].TargetAddress);
        Assert.Equal("{question}\n{options}", (string?)graph["base/example-lengths-adaptive"].Parameters["adaptive"]);
        ModeOptions options = StageParameters.Read<TableOptions>(graph["Ablation/table"].Parameters).Modes!;
        Assert.Contains(new ModeCell("Random/200/Difficulty-tokens", "Random/200/Difficulty-tokens", "think", "Difficulty"), options.Cells);
    }

    [Fact]
    public void Should_BeComparedWithNothing_When_ARowIsItsOwnBaseline()
    {
        Write("  - {methods: [Random], sizes: largest, mix: [Random1, Random0.4], baseline: Random/largest/Random1}\n", "");
        IReadOnlyList<CellSettings> cells = _bench.Load().Tables.Single().Cells;

        Assert.Equal([null, "Random/200/Random1"], new[] { "Random1", "Random0.4" }.Select(mix => cells.Single(cell => cell.Mix == mix).Baseline));
    }

    [Fact]
    public void Should_ChangeNoKey_When_NothingIsDroppedOrCompared()
    {
        TargetGraph before = _bench.Plan().Graph;
        Write("", "");
        TargetGraph after = _bench.Plan().Graph;

        Assert.Equal(
            before.Order.Where(address => before[address].StageName != "world-tokenizer")
                .Select(address => address + CanonicalJson.Write(before[address].Parameters)),
            after.Order.Where(address => !address.StartsWith("prompts/adaptive/", StringComparison.Ordinal) && before[address].StageName != "world-tokenizer")
                .Select(address => address + CanonicalJson.Write(after[address].Parameters)));
    }

    [Theory]
    [InlineData("columns: [closed]\n", "The column 'closed' is a part of 'modes'.")]
    [InlineData("columns: [modes]\nquestions: common\n", "The column 'modes' is for tables of the kind 'table' with all questions.")]
    [InlineData("instructionDropout: 1.5\n", "'instructionDropout' is 1.5, which is out of range.")]
    public void Should_SayWhatIsWrong_When_ATableComparesNothing(string keys, string message)
    {
        Write("", keys);

        UserErrorException error = _bench.Fails();

        Assert.True(error.Errors.Any(one => one.Message == message && one.Hint is not null), error.Message);
    }

    [Theory]
    [InlineData("modes: {scale: 0, budgets: [1]}\n", "'scale'")]
    [InlineData("modes: {scale: 10, budgets: [1], easy: [1, 2], hard: [2]}\n", "The level '2' is both easy and hard.")]
    [InlineData("modes: {scale: 10, budgets: [1], closed: [4]}\n", "The key 'answerTokens' is missing")]
    [InlineData("", "The column 'modes' needs 'modes' in the profile 'tiny'.")]
    [InlineData("modes: {scale: 10, budgets: [1]}\n", "The column 'closed' needs 'closed' in 'modes' of the profile 'tiny'.")]
    public void Should_SayWhatIsWrong_When_AProfileMeasuresByNothing(string modes, string message)
    {
        Write("", "columns: [modes, closed]\n", modes);

        Assert.Contains(_bench.Fails().Errors, one => one.Message.Contains(message, StringComparison.Ordinal) && one.Location is not null);
    }

    [Fact]
    public void Should_NameThePrompt_When_ExamplesHaveNoInstructionAndTheProfileNoPrompt()
    {
        _bench.Change("tables/Ablation.yaml", "class: pinned\n", "class: pinned\ninstructionDropout: 0.2\n");

        Assert.Contains("'adaptive'", Assert.Single(_bench.Fails().Errors).Message, StringComparison.Ordinal);
    }

    private static string Rows(string mix) =>
        $"  - {{methods: [Random], sizes: largest, {mix}}}\n  - {{methods: [Random], sizes: largest, {mix}, mode: direct}}\n  - {{methods: [Random], sizes: "
        + $"largest, {mix}, mode: adaptive}}\n";

    private void Write(string rows, string keys, string modes = Modes)
    {
        _bench.Write("prompts/adaptive.txt", "{question}\n{options}\n");
        _bench.Change("profiles/base.yaml", Prompts, Prompts[..^1] + ", adaptive: prompts/adaptive.txt}");
        _bench.Change("profiles/base.yaml", "sizes: [50, 200]\n", "sizes: [50, 200]\n" + modes);
        _bench.Change("tables/Ablation.yaml", "  - base: true\n", "  - base: true\n" + rows);
        _bench.Change("tables/Ablation.yaml", "class: pinned\n", "class: pinned\n" + keys);
    }
}
