using System.Text.Json;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Generation;

namespace NaturalThoughts.Student.Tests.Generation;

public sealed class SamplerTests
{
    [Fact]
    public void Should_LeaveTheSameProbabilities_When_TemperatureAndNucleusAreApplied()
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestModels.Fixtures, "sampling.json")));
        foreach (JsonElement item in golden.RootElement.EnumerateArray())
        {
            double[] logits = [.. item.GetProperty("logits").EnumerateArray().Select(value => value.GetDouble())];
            double[] expected = [.. item.GetProperty("probabilities").EnumerateArray().Select(value => value.GetDouble())];
            double[] actual = Sampler.Probabilities(logits, item.GetProperty("temperature").GetDouble(), item.GetProperty("top_p").GetDouble());
            Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second - pair.First, -1e-9, 1e-9));
        }
    }

    [Fact]
    public void Should_FollowTheProbabilities_When_ManyAreDrawn()
    {
        float[] logits = [0f, 1f, 2f, -1f];
        double[] probabilities = Sampler.Probabilities([0, 1, 2, -1], 1, 1);
        SeededRandom random = SeededRandom.From("sampler");
        int[] counts = new int[4];
        for (int i = 0; i < 20_000; i++)
        {
            counts[Sampler.Draw(logits, 1, 1, random.NextDouble())]++;
        }

        Assert.All(Enumerable.Range(0, 4), i => Assert.InRange(counts[i] / 20_000.0, probabilities[i] - 0.015, probabilities[i] + 0.015));
    }

    /// <summary>Weights are made four at a time: no place of a token, and no number of tokens, is another case.</summary>
    [Fact]
    public void Should_GiveEachTokenItsProbability_When_TheirNumberIsAny()
    {
        foreach (int count in Enumerable.Range(1, 21))
        {
            double[] logits = [.. Enumerable.Range(0, count).Select(i => (i * 7 % count) - (0.3 * i))];
            double total = logits.Sum(logit => Math.Exp(logit / 0.7));
            double[] actual = Sampler.Probabilities(logits, 0.7, 1);
            Assert.All(logits.Zip(actual), pair => Assert.InRange(pair.Second - (Math.Exp(pair.First / 0.7) / total), -1e-14, 1e-14));
        }
    }

    [Fact]
    public void Should_TakeTheLargest_When_TemperatureIsZeroOrTheNucleusIsTiny()
    {
        float[] logits = [0f, 3f, 2f, 3f];
        Assert.Equal(1, Sampler.Draw(logits, 0, 1, 0.99));
        Assert.Equal(1, Sampler.Draw(logits, 1, 1e-9, 0.99));
    }
}
