using System.Text.Json;

namespace NaturalThoughts.Statistics.Tests;

/// <summary>The comparison with reference values must be able to fail.</summary>
public class GoldenRunnerTests
{
    [Theory]
    [InlineData(1.0000000001)]
    [InlineData(double.NaN)]
    [InlineData(null)]
    public void Should_Differ_When_ValueIsOffOrMissing(double? factor)
    {
        JsonElement item = Golden.Cases("mean_se").First();

        IEnumerable<string> differences = Golden.Differences(item, (member, inputs) =>
            member == "mean" && factor is { } by
                ? (double)GoldenTopics.MeanSe(member, inputs)! * by
                : member == "mean" ? null : GoldenTopics.MeanSe(member, inputs));

        Assert.Single(differences);
    }

    [Fact]
    public void Should_Agree_When_ValueIsAsExpected() => Assert.Empty(Golden.Differences(Golden.Cases("mean_se").First(), GoldenTopics.MeanSe));
}
