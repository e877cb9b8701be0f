using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Recorded;

namespace NaturalThoughts.Sources.Tests.Recorded;

public sealed class ContainedTextsTests
{
    [Fact]
    public void Should_FindWhatASearchFinds_When_TextsAreDrawn()
    {
        // Few letters, so that texts are in each other; lengths on both sides of every beginning that is looked up.
        SeededRandom random = SeededRandom.From("contained");
        for (int round = 0; round < 400; round++)
        {
            string[] texts = [.. Enumerable.Range(0, 12).Select(_ => Draw(random, 1 + random.Next(random.Chance(0.5) ? 6 : 80)))];
            string whole = Draw(random, random.Next(60)) + random.Pick(texts) + Draw(random, random.Next(60));
            int expected = Enumerable.Range(0, texts.Length).Where(i => whole.Contains(texts[i], StringComparison.Ordinal))
                .OrderByDescending(i => texts[i].Length).ThenBy(i => i).First();
            Assert.Equal(expected, new ContainedTexts(texts).Longest(whole));
        }
    }

    [Theory]
    [InlineData("", -1)]
    [InlineData("zzz", -1)]
    [InlineData("xabc", 1)]
    public void Should_SayNone_When_NoTextIsInside(string whole, int expected) =>
        Assert.Equal(expected, new ContainedTexts(["", "abc", "abcd"]).Longest(whole));

    private static string Draw(SeededRandom random, int length) => new([.. Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(2)))]);
}
