using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.MiniWorld.Teaching;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Tests.Teaching;

public class TeacherTests
{
    private static readonly List<(Question Question, Trace Trace)> Rows = [.. WorldRuns.Pool.Zip(WorldRuns.Traces)];

    [Fact]
    public void Should_ErrAtTheStatedRate_When_StrategiesAreDecorative()
    {
        for (int level = 1; level <= 6; level++)
        {
            List<(Question Question, Trace Trace)> rows = [.. WorldRuns.Pool.Zip(WorldRuns.Decorative).Where(row => WorldRuns.Level(row.First) == level)];
            double wrong = rows.Average(row => row.Trace.Answer == WorldRuns.Reference(row.Question) ? 0.0 : 1);
            double rate = TeacherHabits.Teacher.MistakeRates[level - 1];
            double error = Math.Sqrt(rate * (1 - rate) / rows.Count);
            Assert.InRange(wrong, rate - (3.5 * error), rate + (3.5 * error));
        }
    }

    [Fact]
    public void Should_BeWrong_When_AndOnlyWhen_AMistakeIsNoted() => Assert.All(Rows, row =>
        Assert.Equal(row.Trace.Meta["mistake"] == "true", row.Trace.Answer != WorldRuns.Reference(row.Question)));

    [Fact]
    public void Should_StateTrueEquations_When_ThereIsNoMistakeAndNoWrongTurn()
    {
        int seen = 0;
        foreach ((Question question, Trace trace) in Rows.Where(row =>
            row.Trace.Meta["mistake"] == "false" && row.Trace.Meta["caught"] == "false"
                && !row.Trace.Meta["strategies"].Contains("backtracking", StringComparison.Ordinal)).Take(6000))
        {
            foreach (Match match in Regex.Matches(trace.Thinking, @"\d+ [-+*/] \d+ = \d+"))
            {
                Assert.True(Equations.Holds(match.Value), $"{question.Id}: {match.Value}");
                seen++;
            }
        }

        Assert.True(seen > 5000);
    }

    /// <summary>A mistake in an early step is carried on: later equations are true, and the answer is wrong.</summary>
    [Fact]
    public void Should_CarryTheMistakeOn_When_AStepGoesWrong()
    {
        List<int> wrongEquations = [.. Rows
            .Where(row => row.Trace.Meta["mistake"] == "true" && row.Question.Meta["family"] == "purse" && row.Trace.Meta["strategies"].Length == 0)
            .Select(row => Regex.Matches(row.Trace.Thinking, @"\d+ [-+*/] \d+ = \d+").Count(match => !Equations.Holds(match.Value)))];
        Assert.True(wrongEquations.Count > 20);
        Assert.All(wrongEquations, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Should_GoWrongAtAnyStep_When_ThereAreSeveral()
    {
        List<(int At, int Count)> wrong = [.. Rows
            .Where(row => row.Trace.Meta["mistake"] == "true" && row.Question.Meta["family"] == "purse" && row.Trace.Meta["strategies"].Length == 0)
            .Select(row => Regex.Matches(row.Trace.Thinking, @"\d+ [-+*/] \d+ = \d+"))
            .Where(equations => equations.Count >= 3)
            .Select(equations => (equations.ToList().FindIndex(match => !Equations.Holds(match.Value)), equations.Count))];
        Assert.True(wrong.Count > 20);
        Assert.Contains(wrong, slip => slip.At == 0);
        Assert.InRange(wrong.Count(slip => slip.At < slip.Count - 1), wrong.Count / 3, wrong.Count);
    }

    [Fact]
    public void Should_AnswerWithAnOptionsWords_When_ThereAreOptions() => Assert.All(
        Rows.Where(row => row.Question.Options.Count > 0).Take(3000),
        row => Assert.Contains(row.Trace.Answer["Answer: ".Length..], row.Question.Options));

    [Fact]
    public void Should_UseEveryStrategy_When_TheWholePoolIsTaught()
    {
        foreach (string strategy in ReasoningStrategy.Names)
        {
            List<Trace> with = [.. WorldRuns.Traces.Where(trace => trace.Meta["strategies"].Split(',').Contains(strategy))];
            Assert.InRange(with.Count, 0.05 * WorldRuns.PoolSize, 0.5 * WorldRuns.PoolSize);
        }

        Assert.True(WorldRuns.Traces.Count(trace => trace.Meta["strategies"].Split(',').Length >= 4) > 0.08 * WorldRuns.PoolSize);
    }

    [Fact]
    public void Should_SpanAFactorOfTen_When_LengthsAreCompared()
    {
        List<int> tokens = [.. WorldRuns.Traces.Select(trace => trace.Tokens).Order()];
        Assert.True(tokens[tokens.Count * 98 / 100] >= 10 * tokens[tokens.Count * 2 / 100]);
        Assert.All(WorldRuns.Traces.Take(500), trace => Assert.Equal(WordSplitter.Count(trace.Thinking), trace.Tokens));
        double total = Rows.Average(row => WordSplitter.Count(PromptTemplate.Render(WorldRuns.Think, row.Question)) + row.Trace.Tokens);
        Assert.InRange(total, 85, 112);
    }

    [Fact]
    public void Should_DependOnSeedAndQuestionAlone_When_TaughtAgain()
    {
        List<Question> some = [.. WorldRuns.Pool.Take(300).Reverse()];
        List<Trace> Teach(int seed) =>
            WorldRuns.Rows<Trace>(new WorldTeachStage(), "traces.jsonl", new JsonObject { ["seed"] = seed }, ("questions", WorldRuns.Write(some))).Rows;
        Assert.Equal(Enumerable.Reverse(WorldRuns.Traces.Take(300).Select(trace => trace.Thinking)), Teach(7).Select(trace => trace.Thinking));
        Assert.NotEqual(Teach(8).Select(trace => trace.Thinking), Teach(7).Select(trace => trace.Thinking));
    }

    [Fact]
    public void Should_Refuse_When_TheQuestionIsFromElsewhere()
    {
        string path = WorldRuns.Write<Question>([WorldRuns.Pool[0] with { Text = "what is it ?" }]);
        UserErrorException error = Assert.Throws<UserErrorException>(() =>
            WorldRuns.Folder(new WorldTeachStage(), new JsonObject { ["seed"] = 1 }, ("questions", path)));
        Assert.Contains(WorldRuns.Pool[0].Id, error.Message);
    }

    [Fact]
    public void Should_NeverErr_When_ATextbookIsWritten()
    {
        for (int index = 0; index < 1500; index++)
        {
            if (ItemGenerator.Create(QuestionSource.Worked, "t", index) is { } item)
            {
                Assert.Equal(WorldRuns.Reference(item.Question), Teacher.Write(item, "t", TeacherHabits.Textbook).Answer);
            }
        }
    }
}
