using NaturalThoughts.Contracts;
using NaturalThoughts.Reporting.Findings;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Tests.Findings;

public sealed class LevelContrastTests
{
    private static readonly double[,] Values = { { 1, 1 }, { 0, 1 }, { 1, 0 }, { 5, 5 }, { 0, 0 }, { 0, 1 } };
    private static readonly int[] Groups = [1, 1, 1, 0, -1, -1];

    [Fact]
    public void Should_HaveTheDifferenceAsMean_When_GroupsDifferInSize()
    {
        double[,] table = LevelContrast.Of(Values, Groups, "f", "b", "");

        // Means of the groups: by replicate 2/3 and 2/3 against 0 and 1/2.
        Assert.Equal(5, table.GetLength(0));
        Assert.Equal((2.0 / 3) - 0.25, table.Cast<double>().Average(), 12);
        Assert.Equal(2.0 / 3, Enumerable.Range(0, 5).Average(q => table[q, 0]), 12);
        Assert.Equal((2.0 / 3) - 0.5, Enumerable.Range(0, 5).Average(q => table[q, 1]), 12);
    }

    [Fact]
    public void Should_HaveTheErrorOfTwoGroups_When_QuestionsVary()
    {
        // 30 questions against 10, both replicates equal: the standard error of a difference of two independent means, except for the divisors n and n - 1.
        double[,] values = new double[40, 2];
        int[] groups = new int[40];
        for (int q = 0; q < 40; q++)
        {
            groups[q] = q < 30 ? 1 : -1;
            values[q, 0] = values[q, 1] = SeededRandom.DrawDouble("level", $"{q}") + (q < 30 ? 3 : 0);
        }

        double error = CrossedContrast.Of([new ContrastTerm(1, [LevelContrast.Of(values, groups, "f", "b", "")])]).StandardError;

        double Variance(int from, int count)
        {
            double[] part = [.. Enumerable.Range(from, count).Select(q => values[q, 0])];
            return part.Sum(value => Math.Pow(value - part.Average(), 2)) / count / count;
        }

        Assert.Equal(Math.Sqrt((Variance(0, 30) + Variance(30, 10)) * 40 / 39), error, 9);
    }

    [Fact]
    public void Should_SayWhichLevelsAreMissing_When_AGroupIsEmpty()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() =>
            LevelContrast.Of(Values, [1, 1, 1, 1, 1, -1], "steep", "Hard", "Its levels are none."));

        Assert.Contains("'steep' compares levels, and on one side 'Hard' has 1 questions of them", error.Message, StringComparison.Ordinal);
        Assert.Equal("Its levels are none.", Assert.Single(error.Errors).Hint);
    }
}
