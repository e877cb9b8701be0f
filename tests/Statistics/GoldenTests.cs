using System.Text.Json;

namespace NaturalThoughts.Statistics.Tests;

/// <summary>Every expected member of every golden case of every topic; the values' sources and tolerances are in the cases.</summary>
public class GoldenTests
{
    private static readonly Dictionary<string, Func<string, JsonElement, object?>> Topics = new(StringComparer.Ordinal)
    {
        ["mean_se"] = GoldenTopics.MeanSe,
        ["clustered_se"] = GoldenTopics.ClusteredSe,
        ["paired_t"] = GoldenTopics.PairedT,
        ["multiple_testing"] = GoldenTopics.MultipleTesting,
        ["power"] = GoldenTopics.Power,
        ["mcnemar"] = GoldenTopics.McNemar,
        ["proportion_intervals"] = GoldenTopics.ProportionIntervals,
        ["distributions"] = GoldenTopics.Distributions,
        ["pass_at_k"] = GoldenTopics.PassAtK,
        ["agreement"] = GoldenTopics.Agreement,
        ["set_overlap"] = GoldenTopics.Overlap,
    };

    public static TheoryData<string> TopicNames => [.. Topics.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(TopicNames))]
    public void Should_AgreeWithReference_When_TopicIsComputed(string topic)
    {
        List<string> differences = [.. Golden.Cases(topic).SelectMany(item => Golden.Differences(item, Topics[topic]))];

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences.Take(40)));
    }

    [Fact]
    public void Should_HaveATopic_When_AFixtureExists()
    {
        IEnumerable<string> fixtures = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures"), "*.json")
            .Select(path => Path.GetFileNameWithoutExtension(path));

        Assert.Equal(Topics.Keys.Order(StringComparer.Ordinal), fixtures.Order(StringComparer.Ordinal));
    }
}
