namespace NaturalThoughts.Statistics.Tests;

public sealed class RepeatedMeanTests
{
    private static readonly double[,] Verdicts = { { 1, 1, 0 }, { 0, 0, 0 }, { 1, 0, 1 }, { 1, 1, 1 }, { 0, 1, 0 } };

    [Fact]
    public void Should_KeepQuestionsAndSeedsApart_When_AStudentAnswersSeveralTimes()
    {
        RepeatedMean mean = RepeatedMean.Of(Verdicts);

        // Python 3's statistics module: stdev of the row means (and of the column means) over the root of their number.
        Assert.Equal((5, 3), (mean.Questions, mean.Seeds));
        Assert.Equal(8.0 / 15, mean.Mean, 1e-15);
        Assert.Equal(0.16996731711975946, mean.QuestionError, 1e-15);
        Assert.Equal(0.06666666666666665, mean.SeedError, 1e-15);
    }

    [Fact]
    public void Should_AgreeWithClusteredErrors_When_AQuestionIsACluster()
    {
        int[] clusters = [.. Enumerable.Range(0, 15).Select(i => i / 3)];

        Assert.Equal(ClusteredMean.Of(clusters, [.. Verdicts.Cast<double>()]).Cr1, RepeatedMean.Of(Verdicts).QuestionError, 1e-15);
    }

    [Fact]
    public void Should_SayNothing_When_ThereIsOneSeedOrOneQuestion()
    {
        Assert.True(double.IsNaN(RepeatedMean.Of(new double[,] { { 1 }, { 0 } }).SeedError));
        Assert.True(double.IsNaN(RepeatedMean.Of(new double[,] { { 1, 0 } }).QuestionError));
        Assert.Throws<ArgumentException>(() => RepeatedMean.Of(new double[0, 0]));
    }
}
