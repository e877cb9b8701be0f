using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Student.Generation;
using NaturalThoughts.Student.Stages;

namespace NaturalThoughts.Student.Tests.Stages;

public sealed class CloseThinkingTests(StageBench bench) : IClassFixture<StageBench>
{
    private const string Parameters = """{"generation": {"temperature": 1, "topP": 0.9, "maxNewTokens": 8, "batch": 2, "seed": "1"}, "budgets": [2, 0, 50]}""";

    private static readonly Prompt[] Prompts = [new("long", "1 + 2 ?"), new("short", "2 + 3 ?"), new("bare", "1 + 1 ?"), new("open", "3 + 3 ?")];

    private static readonly ModelAnswer[] Answers =
    [
        new("long", "1 + 2 ?", "<think> 1 + 2 = 3 . </think> Answer: 3", 14, false),
        new("short", "2 + 3 ?", "<think> 5 . </think> Answer: 5", 9, false),
        new("bare", "1 + 1 ?", "1 + 1 = 2 . Answer: 2", 10, false),
        new("open", "3 + 3 ?", "<think> 3 + 3 and 3 + 3 and", 9, true),
    ];

    [Fact]
    public void Should_KeepTheFirstTokensAndGoOn_When_AThoughtIsLonger()
    {
        (string folder, StageResult result) = Run(Parameters);
        Tokenizer tokenizer = Tokenizer.Load(bench.Base);
        List<ModelAnswer> Of(int budget) => JsonLines.Read<ModelAnswer>(Path.Combine(folder, CloseThinkingStage.AnswersOf(budget)));

        // " 1 +" and " 3 +" are two tokens; the thought " 5 ." has two.
        List<ModelAnswer> two = Of(2);
        Assert.Equal(Prompts.Select(prompt => (prompt.QuestionId, prompt.Text)), two.Select(row => (row.QuestionId, row.Prompt)));
        Assert.StartsWith("<think> 1 + </think>", two[0].Output, StringComparison.Ordinal);
        Assert.StartsWith("<think> 3 + </think>", two[3].Output, StringComparison.Ordinal);
        Assert.Equal([Answers[1], Answers[2]], two[1..3]);
        int kept = tokenizer.Encode("<think> 1 + </think>").Length;
        Assert.InRange(two[0].Tokens, kept + 1, kept + 8);
        Assert.True(!two[0].Truncated || two[0].Tokens == kept + 8);

        Assert.All(Of(0).Where(row => row.QuestionId != "bare"), row => Assert.StartsWith("<think> </think>", row.Output, StringComparison.Ordinal));
        Assert.Equal(Answers, Of(50));
        Assert.Equal("budget,answers,closed\n2,4,2\n0,4,3\n50,4,0\n", File.ReadAllText(Path.Combine(folder, CloseThinkingStage.Report)));
        Assert.Equal((5L, 4L), (result.Counts["closed"], result.Counts["answers"]));
        Assert.Equal(
            Of(2),
            JsonLines.Read<ModelAnswer>(
                Path.Combine(Run(Parameters.Replace("[2, 0, 50]", "[2]", StringComparison.Ordinal)).Folder, CloseThinkingStage.AnswersOf(2))));
    }

    [Fact]
    public void Should_EndWhereItsOwnThoughtEnded_When_TheBudgetIsJustEnough()
    {
        Tokenizer tokenizer = Tokenizer.Load(bench.Base);
        int thought = tokenizer.Encode(" 1 + 2 = 3 .").Length;

        Assert.Null(ThoughtCut.Of(Answers[0].Output, thought, tokenizer));
        Assert.Equal(tokenizer.Encode("<think> 1 + 2 = 3 </think>"), ThoughtCut.Of(Answers[0].Output, thought - 1, tokenizer));
        Assert.Equal(tokenizer.Encode(" 1 + </think>"), ThoughtCut.Of(" 1 + 2 = 3 . </think> Answer: 3", 2, tokenizer)); // opened in words
    }

    [Fact]
    public void Should_RefuseAndSayWhy_When_BudgetsOrAnswersAreWrong()
    {
        Assert.Equal(
            "budgets", Assert.Throws<UserErrorException>(() => Run(Parameters.Replace("[2, 0, 50]", "[2, 2]", StringComparison.Ordinal))).Errors[0].Location);
        Assert.Contains("'open'", Assert.Throws<UserErrorException>(() => bench.Run(
            new CloseThinkingStage(), Parameters, ("checkpoint", bench.Base), ("prompts", bench.Write(Prompts)),
            ("answers", bench.Write(Answers[..3])))).Message, StringComparison.Ordinal);
    }

    private (string Folder, StageResult Result) Run(string parameters) => bench.Run(
        new CloseThinkingStage(), parameters, ("checkpoint", bench.Base), ("prompts", bench.Write(Prompts)), ("answers", bench.Write(Answers)));
}
