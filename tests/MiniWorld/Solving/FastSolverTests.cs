using NaturalThoughts.MiniWorld.Solving;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Tests.Solving;

public class FastSolverTests
{
    [Fact]
    public void Should_DisagreeWithTheTeacherOnAboutHalf_When_ThePoolIsSolved()
    {
        double disagree = WorldRuns.Traces.Zip(WorldRuns.Answers).Average(pair => pair.First.Answer == pair.Second.Output ? 0.0 : 1);
        Assert.InRange(disagree, 0.40, 0.70);
    }

    [Fact]
    public void Should_BeWrongMoreOften_When_StepsGrow()
    {
        List<double> right = [.. WorldRuns.Pool.Zip(WorldRuns.Answers)
            .GroupBy(pair => WorldRuns.Level(pair.First))
            .OrderBy(group => group.Key)
            .Select(group => group.Average(pair => pair.Second.Output == WorldRuns.Reference(pair.First) ? 1.0 : 0))];
        Assert.True(right[0] > 0.9 && right[1] > 0.7 && right[2] is > 0.3 and < 0.65, string.Join(' ', right));
        Assert.All(right.Skip(3), share => Assert.InRange(share, 0, 0.25));
    }

    /// <summary>The id, the reference and what the source knows are changed; the answers are not.</summary>
    [Fact]
    public void Should_SeeTheTextAlone_When_ItSolves()
    {
        List<Question> stripped =
            [.. WorldRuns.Pool.Take(2000).Select((question, i) => new Question($"x{i}", question.Text, "?") { Options = question.Options })];
        List<ModelAnswer> answers = WorldRuns.Rows<ModelAnswer>(new WorldSolveStage(), "answers.jsonl", [], ("questions", WorldRuns.Write(stripped))).Rows;
        Assert.Equal(WorldRuns.Answers.Take(2000).Select(answer => answer.Output), answers.Select(answer => answer.Output));
    }

    [Theory]
    [InlineData("ann has 12 coins . ann finds 5 . how many coins does ann have ?", "17")]
    [InlineData("the fair is in april . the trip is 2 months before the fair . in which month is the trip ?", "february")]
    [InlineData("the clock shows 9 . the ride takes 5 hours . what does the clock show then ?", "2")]
    [InlineData("the roads go rome to oslo , lima to rome . ann starts in lima and takes 2 roads . where is ann in the end ?", "oslo")]
    [InlineData("nothing to read here", "0")]
    public void Should_ReadOnce_When_TheTextIsShort(string text, string answer) => Assert.Equal(answer, FastSolver.Answer(text, []));

    [Fact]
    public void Should_TakeTheNearestOption_When_ItsResultIsNotThere() =>
        Assert.Equal("18", FastSolver.Answer("ann has 12 coins . ann finds 5 . how many coins does ann have ?", ["40", "18", "12", "3"]));
}
