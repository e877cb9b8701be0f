using NaturalThoughts.Records;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Questions;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Sources.Tests.Mapping;

public sealed class OptionOrderTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    public void Should_PutTheRightOptionAnywhere_When_QuestionsAreShuffled(int options)
    {
        // Pearson's chi-square against the uniform distribution. The draws are seeded: the p-values are always these, and far from 0 and 1.
        long[] counts = new long[options];
        const int questions = 198;
        const int repeats = 24;
        for (int i = 0; i < questions; i++)
        {
            for (int repeat = 1; repeat <= repeats; repeat++)
            {
                counts[Right(Shuffled($"rec{i}", repeat, options))]++;
            }
        }

        double expected = (double)questions * repeats / options;
        double p = ChiSquare.Sf(counts.Sum(count => (count - expected) * (count - expected) / expected), options - 1);
        Assert.InRange(p, 0.01, 0.99);
    }

    [Fact]
    public void Should_TakeEveryOrder_When_FourOptionsAreShuffled()
    {
        Dictionary<string, int> orders = Enumerable.Range(0, 24_000)
            .GroupBy(i => string.Join(',', OptionOrder.Permutation($"q{i}", 1, 4)))
            .ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(24, orders.Count);
        double p = ChiSquare.Sf(orders.Values.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000.0), 23);
        Assert.InRange(p, 0.01, 0.99);
    }

    [Fact]
    public void Should_KeepTheRightOption_When_ItsLetterMoves()
    {
        for (int repeat = 0; repeat < 50; repeat++)
        {
            Question shuffled = Shuffled("recX", repeat, 4);
            Assert.Equal("right", shuffled.Options[Right(shuffled)]);
            Assert.Equal(["right", "wrong1", "wrong2", "wrong3"], shuffled.Options.Order());
        }
    }

    [Fact]
    public void Should_BeAFixedFunction_When_IdAndRepeatAreGiven() =>
        // Locked: results name letters, and a letter means an option only as long as the order stays.
        Assert.Equal(
            ["2,1,3,0", "2,0,1,3", "3,1,0,2"], Enumerable.Range(1, 3).Select(repeat => string.Join(',', OptionOrder.Permutation("recAAAA", repeat, 4))));

    [Fact]
    public void Should_MoveNoOther_When_AQuestionIsRemoved()
    {
        using TempFolder folder = new();
        using StageRun run = new();
        string path = Path.Combine(folder.Path, "questions.jsonl");
        List<Question> all = [.. Enumerable.Range(0, 20).Select(i => Plain($"q{i}", 4))];
        JsonLines.Write(path, all);
        List<Question> before = run.Run(new ShuffleOptionsStage(), new() { ["repeat"] = 3 }, ("questions", path)).Records<Question>("questions.jsonl");
        JsonLines.Write(path, all.Where((_, i) => i != 7).Reverse());
        List<Question> after = run.Run(new ShuffleOptionsStage(), new() { ["repeat"] = 3 }, ("questions", path)).Records<Question>("questions.jsonl");
        Assert.Equal(19, after.Count);
        Assert.All(after, question => Assert.Equal(before.Single(other => other.Id == question.Id).Options, question.Options));
    }

    private static Question Plain(string id, int options) =>
        new(id, "?", "A") { Options = ["right", .. Enumerable.Range(1, options - 1).Select(i => $"wrong{i}")] };

    private static Question Shuffled(string id, int repeat, int options) => OptionOrder.Apply(Plain(id, options), repeat);

    private static int Right(Question question) => question.Reference[0] - 'A';
}
