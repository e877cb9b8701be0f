using System.Text.Json.Nodes;
using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Build.Tests.Running;

public sealed class CallSharesTests
{
    private static readonly TargetGraph Graph = new([new Target("a", "teach"), new Target("b", "answer"), new Target("c", "teach"), new Target("d", "select")]);

    [Theory]
    [InlineData(new[] { "a" }, 33L, "0.5")]
    [InlineData(new[] { "a", "c", "d" }, 66L, "1.0")]
    [InlineData(new[] { "d" }, 0L, "0.0")]
    public void Should_StayBelowTheLimitTogether_When_JobsShareIt(string[] own, long calls, string cost)
    {
        Invocation invocation = Invocation.Parse(["--target=Table1", "--max-calls=100", "--max-cost=1.5"]);
        JsonObject shares = JsonNode.Parse(CallShares.Of(invocation, Graph, ["a", "b", "c", "d"]).ToJsonString())!.AsObject();

        Assert.Equal((calls, decimal.Parse(cost, System.Globalization.CultureInfo.InvariantCulture), false), CallShares.For(shares, own));
    }

    [Fact]
    public void Should_LimitNothing_When_NothingIsSaid()
    {
        Assert.Equal((null, null, false), CallShares.For(CallShares.Of(Invocation.Parse(["--target=Table1"]), Graph, ["a"]), ["a"]));
        Assert.Equal((null, null, true), CallShares.For(CallShares.Of(Invocation.Parse(["--target=Table1", "--offline"]), Graph, ["a"]), ["a"]));
    }
}
