using FsCheck;
using FsCheck.Fluent;
using NaturalThoughts.Selection.Methods;

namespace NaturalThoughts.Selection.Tests.Methods;

public class EqualSharesTests
{
    [Fact]
    public void Should_RedistributeAnExhaustedShare_When_OthersHaveRoom()
    {
        // 100 over four groups is 25 each. b has 5 and leaves 20 over: 6 each for a, c and d, and the last two to d and c, which
        // come before a in the order.
        Dictionary<string, int> sizes = new() { ["a"] = 60, ["b"] = 5, ["c"] = 60, ["d"] = 60 };
        Dictionary<string, int> shares = EqualShares.Allocate(sizes, 100, ["d", "b", "c", "a"]);
        Assert.Equal((31, 5, 32, 32), (shares["a"], shares["b"], shares["c"], shares["d"]));
    }

    [Fact]
    public void Should_RedistributeAgain_When_ASecondGroupIsExhausted()
    {
        Dictionary<string, int> sizes = new() { ["a"] = 2, ["b"] = 11, ["c"] = 100 };
        Dictionary<string, int> shares = EqualShares.Allocate(sizes, 30, ["a", "b", "c"]);
        Assert.Equal((2, 11, 17), (shares["a"], shares["b"], shares["c"]));
    }

    [Fact]
    public void Should_GiveRemaindersInOrder_When_TheyDoNotDivide()
    {
        Dictionary<string, int> sizes = new() { ["a"] = 9, ["b"] = 9, ["c"] = 9 };
        Dictionary<string, int> shares = EqualShares.Allocate(sizes, 2, ["c", "a", "b"]);
        Assert.Equal((1, 0, 1), (shares["a"], shares["b"], shares["c"]));
    }

    [Fact]
    public void Should_BeAFairFill_When_GroupsAreAnything()
    {
        // Exact sum; no share above its group; a group that is not exhausted has at least every other share less one.
        Gen<(int[] Sizes, int Size)> cases =
            from sizes in Gen.Choose(1, 40).ArrayOf().Where(list => list.Length > 0)
            from size in Gen.Choose(0, sizes.Sum())
            select (sizes, size);
        Check.One(Config.QuickThrowOnFailure.WithReplay(20250703, 17), Prop.ForAll(cases.ToArbitrary(), row =>
        {
            Dictionary<string, int> sizes = row.Sizes.Select((size, i) => (Name: $"g{i:D3}", size)).ToDictionary(pair => pair.Name, pair => pair.size);
            Dictionary<string, int> shares = EqualShares.Allocate(sizes, row.Size, [.. sizes.Keys]);
            return shares.Values.Sum() == row.Size
                && sizes.All(pair => shares[pair.Key] <= pair.Value)
                && sizes.All(pair => shares[pair.Key] == pair.Value || shares.Values.All(other => other <= shares[pair.Key] + 1));
        }));
    }
}
