namespace NaturalThoughts.Selection.Tests;

public class DrawsTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 2000).Select(i => $"q{i:D4}")];

    [Fact]
    public void Should_MeetTheProbability_When_DrawnForManyNames()
    {
        // sd 0.0103
        Draws draws = new("1", "m");
        Assert.InRange(Names.Count(name => draws.Chance(0.3, name)) / 2000.0, 0.3 - 0.04, 0.3 + 0.04);
        Assert.DoesNotContain(Names, name => draws.Chance(0, name));
        Assert.All(Names, name => Assert.True(draws.Chance(1, name)));
    }

    [Theory]
    [InlineData("1", "other")]
    [InlineData("2", "m")]
    public void Should_BeIndependent_When_SeedOrPurposeDiffers(string seed, string purpose)
    {
        // Chances of one half agree on half of the names, and the first 500 of two permutations share a quarter.
        Draws a = new("1", "m");
        Draws b = new(seed, purpose);
        Assert.InRange(Names.Count(name => a.Chance(0.5, name) == b.Chance(0.5, name)), 900, 1100);
        Assert.InRange(First500(a).Intersect(First500(b)).Count(), 85, 165);
    }

    [Fact]
    public void Should_DrawOrderAndChanceIndependently_When_TheyAreOfOneName()
    {
        // Otherwise the first of a permutation would also be the most easily accepted ones.
        Draws draws = new("1", "m");
        Assert.InRange(First500(draws).Count(name => draws.Chance(0.5, name)), 200, 300);
    }

    [Fact]
    public void Should_PermuteAlike_When_ItemsComeInAnotherOrder() =>
        Assert.Equal(First500(new Draws("1", "m")), new Draws("1", "m").Permute(Names.Reverse(), name => name).Take(500));

    private static List<string> First500(Draws draws) => [.. draws.Permute(Names, name => name).Take(500)];
}
