namespace NaturalThoughts.Selection.Tests.Methods;

/// <summary>The methods that are uniform over the candidates that pass a filter.</summary>
public class FilterSelectorTests
{
    [Theory]
    [InlineData(0, 3)]
    [InlineData(4, 6)]
    [InlineData(7, 10)]
    public void Should_TakeWholeBandAndNothingElse_When_VerbosityIsBanded(int min, int max)
    {
        using TestPool pool = TestPool.Of(220);
        string parameters = $$"""{"method": "Verbosity", "size": {{20 * (max - min + 1)}}, "seed": 1, "verbosity": {"min": {{min}}, "max": {{max}} } }""";
        HashSet<string> ids = [.. pool.Select(parameters)];
        Assert.Equal(pool.Annotations.Where(row => row.Verbosity >= min && row.Verbosity <= max).Select(row => row.QuestionId).ToHashSet(), ids);
        Contracts.UserError error = pool.Refused(parameters.Replace($"\"size\": {20 * (max - min + 1)}", "\"size\": 200", StringComparison.Ordinal));
        Assert.Contains($"{20 * (max - min + 1)} of 220 candidates have a verbosity of {min} to {max}", error.Message);
    }

    [Fact]
    public void Should_TakeDisputedQuestionsOnly_When_ModelsDisagree()
    {
        using TestPool pool = TestPool.Of(130);
        HashSet<string> ids = [.. pool.Select(Parameters.Of("ModelsDisagree", 80))];
        Assert.Equal(pool.Judgements.Where(row => !row.Agree).Select(row => row.QuestionId).ToHashSet(), ids);
        Assert.Contains("80 of 130 candidates are answered differently", pool.Refused(Parameters.Of("ModelsDisagree", 81)).Message);
    }

    [Fact]
    public void Should_KeepBothLimits_When_StrategiesAreCounted()
    {
        using TestPool pool = TestPool.Of(700);
        HashSet<string> ids = [.. pool.Select(Strategies(300, 2, 4, 0, 0))];
        Assert.Equal([2, 3, 4], pool.Annotations.Where(row => ids.Contains(row.QuestionId)).Select(row => row.Strategies.Count).Distinct().Order());
        Assert.Contains("300 of 700 candidates show 2 to 4 strategies", pool.Refused(Strategies(301, 2, 4, 0, 0)).Message);
    }

    [Fact]
    public void Should_DownSampleLowDensity_When_KeepIsBelowOne()
    {
        // Of 2,000 traces with 4 strategies, half have 1,000 tokens (4 per thousand: dense, the limit included), half 1,001.
        using TestPool pool = TestPool.Of(2000);
        pool.Annotations = [.. pool.Annotations.Select(row => row with { Strategies = ["a", "b", "c", "d"] })];
        pool.Traces = [.. pool.Traces.Select((row, i) => row with { Tokens = 1000 + (i % 2) })];
        Assert.Contains("1000 of 2000", pool.Refused(Strategies(2001, 4, 8, 4, 0)).Message);
        Assert.Contains("2000 of 2000", pool.Refused(Strategies(2001, 4, 8, 4, 1)).Message);

        // With keep 0.3: 1,000 + about 300 (sd 14.5).
        string message = pool.Refused(Strategies(2001, 4, 8, 4, 0.3)).Message;
        Assert.InRange(int.Parse(message.Split(": ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture), 1240, 1360);
    }

    [Fact]
    public void Should_NestSizes_When_RandomIsAskedForMore()
    {
        using TestPool pool = TestPool.Of(500);
        Assert.Equal(pool.Select(Parameters.Of("Random", 40)), pool.Select(Parameters.Of("Random", 400)).Take(40));
    }

    [Fact]
    public void Should_TakeEveryoneAboutEquallyOften_When_RandomIsRepeated()
    {
        // 200 selections of 10 of 20: each question about 100 times (sd 7.1).
        using TestPool pool = TestPool.Of(20);
        Dictionary<string, int> counts = [];
        for (int seed = 0; seed < 200; seed++)
        {
            foreach (string id in pool.Select(Parameters.Of("Random", 10, seed.ToString(System.Globalization.CultureInfo.InvariantCulture))))
            {
                counts[id] = counts.GetValueOrDefault(id) + 1;
            }
        }

        Assert.All(counts.Values, count => Assert.InRange(count, 70, 130));
    }

    private static string Strategies(int size, int min, int max, double density, double keep) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $$"""{"method": "ReasoningStrategies", "size": {{size}}, "seed": 1, "reasoningStrategies": {"minStrategies": {{min}}, "maxStrategies": {{max}}, "minPerThousandTokens": {{density}}, "lowDensityKeep": {{keep}} } }""");
}
