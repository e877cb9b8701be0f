namespace NaturalThoughts.Selection.Tests;

public class SelectOptionsTests
{
    private static readonly SelectOptions Valid = new() { Method = "Random", Size = 10, Seed = "1" };

    [Fact]
    public void Should_NameTheNearestMethod_When_ItIsUnknown()
    {
        Contracts.UserError error = Assert.Single((Valid with { Method = "LongReasonin" }).Validate());
        Assert.Equal("method", error.Location);
        Assert.Contains("'LongReasoning'", error.Hint);
    }

    [Fact]
    public void Should_DemandSettings_When_TheMethodHasSome()
    {
        foreach (string method in new[] { "SemanticEmbeddings", "ReasoningStrategies", "LongReasoning", "Verbosity", "ShortReference" })
        {
            Assert.Equal(char.ToLowerInvariant(method[0]) + method[1..], Assert.Single((Valid with { Method = method }).Validate()).Location);
        }
    }

    [Fact]
    public void Should_RefuseSettings_When_TheyBelongToAnotherMethod() =>
        Assert.Equal("verbosity", Assert.Single((Valid with { Verbosity = new VerbosityOptions { Min = 0, Max = 3 } }).Validate()).Location);

    [Theory]
    [InlineData(0.5)]
    [InlineData(2.25)]
    [InlineData(3.5)]
    [InlineData(double.NaN)]
    public void Should_RefuseTau_When_ItNeedsAPower(double tau) => Assert.Equal(
        "longReasoning.tau",
        Assert.Single((Valid with { Method = "LongReasoning", LongReasoning = new LongReasoningOptions { C = 5000, Tau = tau } }).Validate()).Location);

    [Fact]
    public void Should_NameTheNearestPermutation_When_ItIsUnknown()
    {
        Assert.Empty((Valid with { PermuteAnnotations = "all" }).Validate());
        Contracts.UserError error = Assert.Single((Valid with { PermuteAnnotations = "length" }).Validate());
        Assert.Equal("permuteAnnotations", error.Location);
        Assert.Contains("'lengths'", error.Hint);
    }

    [Fact]
    public void Should_FindAllErrors_When_ThereAreSeveral()
    {
        SelectOptions options = Valid with
        {
            Method = "ReasoningStrategies",
            Size = 0,
            ReasoningStrategies = new ReasoningStrategiesOptions { MinStrategies = 5, MaxStrategies = 4, MinPerThousandTokens = -1, LowDensityKeep = 1.1 },
        };
        Assert.Equal(
            ["size", "reasoningStrategies.maxStrategies", "reasoningStrategies.minPerThousandTokens", "reasoningStrategies.lowDensityKeep"],
            options.Validate().Select(error => error.Location));
    }

    [Fact]
    public void Should_RefuseBands_When_TheyAreOutsideTheScoresOrEmpty()
    {
        Assert.Equal(["verbosity.max"], Locations(0, 11));
        Assert.Equal(["verbosity.min"], Locations(-1, 3));
        Assert.Equal(["verbosity.max"], Locations(4, 3));
        Assert.Empty(Locations(4, 4));

        static IEnumerable<string?> Locations(int min, int max) =>
            (Valid with { Method = "Verbosity", Verbosity = new VerbosityOptions { Min = min, Max = max } }).Validate().Select(error => error.Location);
    }

    [Fact]
    public void Should_RefuseAnUnknownNoisePolicy_When_Validated() => Assert.Contains(
        "'exclude'",
        Assert.Single((Valid with { Method = "SemanticEmbeddings", SemanticEmbeddings = new SemanticEmbeddingsOptions { Noise = "exclud" } }).Validate()).Hint);

    [Fact]
    public void Should_ThrowAllErrors_When_TheStageRuns()
    {
        using TestPool pool = TestPool.Of(5);
        Assert.Contains("'Random'", pool.Refused("""{"method": "Randon", "size": 2, "seed": 1}""").Hint);
        Assert.Throws<System.Text.Json.JsonException>(() => pool.Select("""{"method": "Random", "size": 2, "seed": 1, "tau": 2}"""));
        Assert.Throws<System.Text.Json.JsonException>(() => pool.Select("""{"method": "Random", "size": 2, "seed": 1.5}"""));
    }
}
