using FsCheck;
using FsCheck.Fluent;

namespace NaturalThoughts.Selection.Tests;

public class OverlapTests
{
    [Fact]
    public void Should_CountSharedOverAll_When_SelectionsMeet()
    {
        Assert.Equal(2 / 5.0, Overlap.Jaccard(["a", "b", "c"], ["d", "c", "b", "e"]));
        Assert.Equal(0, Overlap.Jaccard(["a"], ["b"]));
        Assert.Equal(1, Overlap.Jaccard(["a", "b"], ["b", "a"]));
        Assert.Equal(1, Overlap.Jaccard([], []));
        Assert.Equal(0, Overlap.Jaccard(["a"], ["A"]));
    }

    [Fact]
    public void Should_BeSymmetricWithOnesOnTheDiagonal_When_AMatrix()
    {
        double[,] matrix = Overlap.Matrix([["a", "b"], ["b", "c"], ["d"]]);
        Assert.Equal(new[,] { { 1, 1 / 3.0, 0 }, { 1 / 3.0, 1, 0 }, { 0, 0, 1 } }, matrix);
    }

    [Fact]
    public void Should_MatchChance_When_SelectionsAreIndependent()
    {
        Assert.Equal(1, Overlap.ByChance(10, 10));
        Assert.Equal(1 / 3.0, Overlap.ByChance(50, 100), 1e-15);
    }

    [Fact]
    public void Should_EqualTheSetFormula_When_SelectionsAreAnything() =>
        Check.One(
            Config.QuickThrowOnFailure.WithReplay(11, 13),
            Prop.ForAll<byte[], byte[]>(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<byte[]>(), (a, b) =>
        {
            string[] left = [.. a.Select(x => $"q{x % 16}").Distinct()];
            string[] right = [.. b.Select(x => $"q{x % 16}").Distinct()];
            double jaccard = Overlap.Jaccard(left, right);
            int either = left.Union(right).Count();
            return jaccard == Overlap.Jaccard(right, left) && (either == 0 ? jaccard == 1 : jaccard == (double)left.Intersect(right).Count() / either);
        }));
}
