using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Families;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Tests.Generation;

public class BenchmarkTests
{
    [Theory]
    [InlineData("Hard", 4, 4, 6)]
    [InlineData("Free", 0, 2, 5)]
    [InlineData("Broad", 10, 1, 6)]
    [InlineData("Transfer", 10, 1, 4)]
    public void Should_HaveItsFormAndLevels_When_Generated(string name, int options, int low, int high)
    {
        List<Question> questions = WorldRuns.Benchmarks[name];
        Assert.Equal(500, questions.Select(question => QuestionSide.Normalise(question.Text)).Distinct().Count());
        Assert.All(questions, question => Assert.Equal(options, question.Options.Count));
        Assert.Equal(Enumerable.Range(low, high - low + 1), questions.Select(WorldRuns.Level).Distinct().Order());
        IReadOnlyList<QuestionFamily> families = name == "Transfer" ? FamilyCatalog.HeldOut : FamilyCatalog.Pool;
        Assert.Equal(
            families.Select(family => family.Name).Order(StringComparer.Ordinal),
            questions.Select(question => question.Meta["family"]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Should_AskNothingHarder_When_ALevelIsTheLast()
    {
        List<Question> easy = WorldRuns.Rows<Question>(
            new WorldBenchmarkStage(), "questions.jsonl", new() { ["seed"] = 7, ["benchmark"] = "Broad", ["count"] = 100, ["levels"] = 2 }).Rows;
        Assert.Equal([1, 2], easy.Select(WorldRuns.Level).Distinct().Order());
        Assert.All(easy, question => Assert.Equal(question.Text, ItemGenerator.FromId(question.Id)!.Question.Text));
        Assert.StartsWith("broad2-7-", easy[0].Id);
        Assert.Same(QuestionSource.Pool, QuestionSource.Pool.UpTo(6));
        UserErrorException error = Assert.Throws<UserErrorException>(() => QuestionSource.ByPrefix("hard")!.UpTo(3));
        Assert.Equal("Its levels are 4, 5, 6.", error.Errors[0].Hint);
    }

    [Theory]
    [InlineData("Hard", 4)]
    [InlineData("Broad", 10)]
    [InlineData("Transfer", 10)]
    public void Should_BalanceTheLetters_When_Generated(string name, int options)
    {
        List<int> counts = [.. WorldRuns.Benchmarks[name].GroupBy(question => question.Reference).Select(group => group.Count())];
        Assert.Equal(options, counts.Count);
        Assert.All(counts, count => Assert.InRange(count, (500 / options) - 3, (500 / options) + 3));
    }

    /// <summary>No seed can bring a benchmark's text into a pool: the digest of the text decides.</summary>
    [Fact]
    public void Should_ShareNoText_When_PoolAndBenchmarksHaveAnySeeds()
    {
        HashSet<string> pool = [.. WorldRuns.Pool.Select(question => QuestionSide.Normalise(question.Text))];
        List<Question> benchmarks = [.. WorldRuns.Benchmarks.Values.SelectMany(questions => questions), .. WorldRuns.Benchmark("Broad", "8", 400)];
        Assert.DoesNotContain(benchmarks, question => pool.Contains(QuestionSide.Normalise(question.Text)));
        Assert.All(benchmarks, question => Assert.True(QuestionSide.IsForBenchmarks(question.Text)));
        Assert.DoesNotContain(pool, QuestionSide.IsForBenchmarks);
        Assert.True(QuestionSide.IsForBenchmarks(benchmarks[0].Text.ToUpperInvariant().Replace(" ", "  ", StringComparison.Ordinal)));
    }

    /// <summary>
    /// Guessers that see the options alone: the middle of the numbers, the smallest, the largest, the one with most neighbours at a
    /// distance of one or ten. None does much better than chance.
    /// </summary>
    [Fact]
    public void Should_NotGiveTheAnswerAway_When_OnlyTheOptionsAreSeen()
    {
        List<Question> questions =
            [.. WorldRuns.Pool.Where(question => question.Options.Count == 4 && question.Options.All(option => char.IsAsciiDigit(option[0])))];
        Func<int, List<int>, double>[] guessers =
        [
            (value, all) => -all.Sum(other => Math.Abs(other - value)),
            (value, _) => value,
            (value, _) => -value,
            (value, all) => all.Count(other => Math.Abs(other - value) is 1 or 10),
        ];
        foreach (Func<int, List<int>, double> guesser in guessers)
        {
            double right = questions.Average(question =>
            {
                List<int> values = [.. question.Options.Select(option => int.Parse(option, System.Globalization.CultureInfo.InvariantCulture))];
                List<double> scores = [.. values.Select(value => guesser(value, values))];
                double best = scores.Max();
                return scores[question.Reference[0] - 'A'] == best ? 1.0 / scores.Count(score => score == best) : 0;
            });
            Assert.InRange(right, 0.13, 0.29);
        }
    }

    [Fact]
    public void Should_Refuse_When_TheBenchmarkIsUnknown()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => WorldRuns.Benchmark("hard", "1", 10));
        Assert.Contains("Hard, Free, Broad, Transfer", error.Message);
    }
}
