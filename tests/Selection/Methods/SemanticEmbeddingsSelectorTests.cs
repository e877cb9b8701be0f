namespace NaturalThoughts.Selection.Tests.Methods;

public class SemanticEmbeddingsSelectorTests
{
    [Fact]
    public void Should_BeUniformOverClustersWithoutNoise_When_NoiseIsExcluded()
    {
        using TestPool pool = TestPool.Of(600);
        Dictionary<int, int> counts = Counts(pool, "exclude", 50);
        Assert.Equal([0, 1, 2, 3, 4], counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.Equal(10, count));
    }

    [Fact]
    public void Should_GiveNoiseOneShare_When_NoiseIsACluster()
    {
        using TestPool pool = TestPool.Of(600);
        Dictionary<int, int> counts = Counts(pool, "cluster", 60);
        Assert.Equal([-1, 0, 1, 2, 3, 4], counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.Equal(10, count));
    }

    [Fact]
    public void Should_SayHowManyAreClustered_When_TooFewAre()
    {
        using TestPool pool = TestPool.Of(60);
        Contracts.UserError error = pool.Refused(Parameters.Of("SemanticEmbeddings", 51));
        Assert.Contains("51 questions: 50 of 60 candidates are in a cluster", error.Message);
        Assert.Contains("noise: cluster", error.Hint);
    }

    private static Dictionary<int, int> Counts(TestPool pool, string noise, int size)
    {
        HashSet<string> ids = [.. pool.Select(Parameters.Of("SemanticEmbeddings", size).Replace("exclude", noise, StringComparison.Ordinal))];
        return pool.Clusters.Where(row => ids.Contains(row.QuestionId)).GroupBy(row => row.Cluster).ToDictionary(group => group.Key, group => group.Count());
    }
}
