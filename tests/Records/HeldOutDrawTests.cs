namespace NaturalThoughts.Records.Tests;

public sealed class HeldOutDrawTests
{
    private static readonly string[] Ids = [.. Enumerable.Range(0, 200).Select(i => FormattableString.Invariant($"q{i:000}"))];

    [Theory]
    [InlineData(200, 0.05, 10)]
    [InlineData(200, 0.0001, 1)]
    [InlineData(200, 0.0125, 3)] // 2.5, up
    [InlineData(1, 0.5, 1)]
    [InlineData(0, 0.5, 0)]
    [InlineData(200, 0, 0)]
    public void Should_TakeTheShareOfTheQuestions_When_SomeAreHeldOut(int count, double share, int expected) =>
        Assert.Equal(expected, HeldOutDraw.Of(Ids.Take(count), share, "1").Count);

    [Fact]
    public void Should_DependOnSeedAndIdsAlone_When_Drawn()
    {
        IReadOnlySet<string> drawn = HeldOutDraw.Of(Ids, 0.2, "1");

        // The same in any order and with a question twice; a larger share takes more of the same order.
        Assert.True(drawn.SetEquals(HeldOutDraw.Of(Ids.Reverse(), 0.2, "1")));
        Assert.True(drawn.SetEquals(HeldOutDraw.Of([.. Ids, .. Ids.Take(50)], 0.2, "1")));
        Assert.True(drawn.IsProperSubsetOf(HeldOutDraw.Of(Ids, 0.4, "1")));
        Assert.False(drawn.SetEquals(HeldOutDraw.Of(Ids, 0.2, "2")));

        // A draw that results are locked on; computed apart, as the ids with the smallest SHA-256 of their parts.
        Assert.Equal(["q030", "q045", "q058"], HeldOutDraw.Of(Ids, 0.015, "1").Order(StringComparer.Ordinal));
    }
}
