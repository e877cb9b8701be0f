namespace NaturalThoughts.Statistics.Tests;

public sealed class MajorityVoteTests
{
    [Theory]
    [InlineData(new[] { 0, 1, 0 }, new[] { 1.0, 0, 1 }, 1)]
    [InlineData(new[] { 0, 1, 0 }, new[] { 0.0, 1, 0 }, 0)]
    [InlineData(new[] { 0, 1 }, new[] { 1.0, 0 }, 0.5)] // two answers once each: one is drawn
    [InlineData(new[] { 0, 0, 1, 1, 2 }, new[] { 1.0, 1, 0, 0, 1 }, 0.5)] // the third is rarer
    [InlineData(new[] { -1, -1, 3 }, new[] { 0.0, 0, 1 }, 1)] // what gave no answer has no vote
    [InlineData(new[] { -1, -1 }, new[] { 0.0, 0 }, 0)]
    public void Should_CountTheMostFrequentAnswer_When_AnswersVote(int[] votes, double[] scores, double expected) =>
        Assert.Equal(expected, MajorityVote.Of(votes, scores));

    [Fact]
    public void Should_BeTheShareOfRightPluralities_When_EverySampleIsEnumerated()
    {
        // Three draws of answer 0 (right, probability 0.6) or 1: a majority of the right one has 0.6^3 + 3 0.6^2 0.4 = 0.648 (binomial).
        double sum = 0;
        for (int sample = 0; sample < 8; sample++)
        {
            int[] votes = [sample & 1, (sample >> 1) & 1, (sample >> 2) & 1];
            sum += Math.Pow(0.6, votes.Count(vote => vote == 0)) * Math.Pow(0.4, votes.Count(vote => vote == 1)) * MajorityVote.Of(
                votes, [.. votes.Select(vote => 1.0 - vote)]);
        }

        Assert.Equal(0.648, sum, 1e-12);
    }

    [Fact]
    public void Should_Refuse_When_ListsDiffer() => Assert.Throws<ArgumentException>(() => MajorityVote.Of([1], []));
}
