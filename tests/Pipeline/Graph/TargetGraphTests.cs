using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using static NaturalThoughts.Pipeline.Tests.Bench;

namespace NaturalThoughts.Pipeline.Tests.Graph;

public sealed class TargetGraphTests
{
    [Fact]
    public void Should_OrderProducersFirst_When_DefinedLast()
    {
        TargetGraph graph = new([From("c", "join", "b", "a"), From("b", "upper", "a"), Source("a", "x"), Source("lonely", "y")]);

        Assert.Equal(["a", "b", "c", "lonely"], graph.Order);
        Assert.Equal(["a", "b"], graph.Closure(["b"]));
        Assert.Equal(["a", "b", "c"], graph.Closure(["c", "a"]));
    }

    [Fact]
    public void Should_DrawTheCycle_When_TargetsWaitForEachOther()
    {
        UserErrorException e = Assert.Throws<UserErrorException>(() => new TargetGraph(
            [From("start", "upper", "a"), From("a", "upper", "b"), From("b", "upper", "c"), From("c", "upper", "a"), From("self", "upper", "self")]));

        Assert.Equal(
            ["These targets wait for each other: a -> b -> c -> a.", "These targets wait for each other: self -> self."],
            e.Errors.Select(error => error.Message));
        Assert.Equal(ExitCode.Usage, e.ExitCode);
    }

    [Fact]
    public void Should_NameAllErrors_When_AddressesAreWrong()
    {
        UserErrorException e = Assert.Throws<UserErrorException>(() =>
            new TargetGraph([Source("pool", "x"), Source("pool", "y"), Source("Pool", "y"), From("b", "upper", "pol"), From("c", "upper", "elsewhere")]));

        Assert.Equal(4, e.Errors.Count);
        Assert.Contains("'pool' is defined twice", e.Errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("differ in case only", e.Errors[1].Message, StringComparison.Ordinal);
        Assert.Equal("Did you mean 'pool'?", e.Errors[2].Hint);
        Assert.Equal("Known: b, c, pool.", e.Errors[3].Hint);
    }

    [Fact]
    public void Should_NameTheNearest_When_ARequestIsUnknown()
    {
        TargetGraph graph = new([Source("Table1/Random", "x")]);

        Assert.Equal("Did you mean 'Table1/Random'?", Assert.Throws<UserErrorException>(() => graph.Closure(["table1/random"])).Errors[0].Hint);
    }

    [Fact]
    public void Should_DrawSharedTargetsOnce_When_PrintedAsATree()
    {
        TargetGraph graph = new([Source("a", "x"), From("b", "upper", "a"), From("c", "upper", "b"), From("d", "join", "b", "c")]);

        Assert.Equal(
            ["d [join]", "├─ b [upper]", "│  └─ a [source]", "└─ c [upper]", "   └─ b [upper] (see above)"],
            TargetTree.Lines(graph, "d", target => $"[{target.StageName}]"));
    }

    [Fact]
    public void Should_SortDeepPlans_When_TheyExceedTheCallStack()
    {
        List<Target> chain = [Source("t0", "x")];
        for (int i = 1; i < 50_000; i++)
        {
            chain.Add(From($"t{i}", "upper", $"t{i - 1}"));
        }

        Assert.Equal("t49999", new TargetGraph(chain.AsEnumerable().Reverse()).Order[^1]);
    }
}
