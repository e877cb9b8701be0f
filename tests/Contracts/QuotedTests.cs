using System.Text;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Contracts.Tests;

public sealed class QuotedTests
{
    [Fact]
    public void Should_KeepTheText_When_ItIsShort()
    {
        Assert.Equal("lm_head.weight", Quoted.Of("lm_head.weight"));
        Assert.Equal("ä", Quoted.Of("ä"u8));
        Assert.Equal("", Quoted.Of((string?)null));
    }

    [Fact]
    public void Should_ShowHeadTailAndLength_When_TheTextIsLong()
    {
        string text = "begin" + new string('x', 1_000_000) + "end";
        foreach ((string cut, string unit) in new[] { (Quoted.Of(text), "characters"), (Quoted.Of(Encoding.UTF8.GetBytes(text)), "bytes") })
        {
            Assert.StartsWith("beginxx", cut, StringComparison.Ordinal);
            Assert.EndsWith($"xxend (1000008 {unit})", cut, StringComparison.Ordinal);
            Assert.InRange(cut.Length, 100, 200);
        }
    }

    [Fact]
    public void Should_LeaveNoHalves_When_ACutMeetsAPair()
    {
        for (int shift = 0; shift < 8; shift++)
        {
            string text = new string('a', shift) + string.Concat(Enumerable.Repeat("\U0001F600", 300));
            Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(Quoted.Of(text))));
            Assert.DoesNotContain('\uFFFD', Quoted.Of(Encoding.UTF8.GetBytes(text)));
        }
    }

    [Fact]
    public void Should_CountTheRest_When_AListIsLong()
    {
        Assert.Equal("a, b", Quoted.List(["a", "b"]));
        Assert.Equal("0, 1, ... (9 in all)", Quoted.List([.. Enumerable.Range(0, 9).Select(i => $"{i}")], most: 2));
    }

    [Fact]
    public void Should_StayShort_When_AnErrorQuotesMuchOrErrorsAreMany()
    {
        string much = new('y', 50_000_000);
        UserErrorException one = new($"The value is '{much}'.", much, much);
        Assert.InRange(one.Message.Length, 1_000, 8_000);
        Assert.Contains("characters)", one.Message, StringComparison.Ordinal);

        UserErrorException many = new([.. Enumerable.Range(0, 100_000).Select(i => new UserError($"Error {i}."))]);
        Assert.Equal(UserErrorException.MostErrors + 1, many.Errors.Count);
        Assert.Equal("There are 99900 more errors.", many.Errors[^1].Message);
        Assert.InRange(many.Message.Length, 100, 8_000);
    }
}
