using NaturalThoughts.Records;

namespace NaturalThoughts.Selection.Tests.Methods;

public class TopicsSelectorTests
{
    [Fact]
    public void Should_BeUniformOverDomains_When_ThePoolIsSkewed()
    {
        // Eight domains, of which domain0 has more than a third of the pool: 163 = 8 * 20 + 3.
        using TestPool pool = TestPool.Of(2000);
        HashSet<string> ids = [.. pool.Select(Parameters.Of("Topics", 163))];
        int[] counts = [.. pool.Annotations.Where(row => ids.Contains(row.QuestionId)).GroupBy(row => row.Domain).Select(group => group.Count())];
        Assert.Equal(8, counts.Length);
        Assert.Equal([20, 20, 20, 20, 20, 21, 21, 21], counts.Order());
    }

    [Fact]
    public void Should_GiveRemaindersByKeyedDraw_When_SeedsDiffer()
    {
        using TestPool pool = TestPool.Of(400);
        HashSet<string> luckyDomains = [];
        for (int seed = 0; seed < 12; seed++)
        {
            string id = Assert.Single(pool.Select(Parameters.Of("Topics", 1, seed.ToString(System.Globalization.CultureInfo.InvariantCulture))));
            luckyDomains.Add(pool.Annotations.Single(row => row.QuestionId == id).Domain);
        }

        Assert.True(luckyDomains.Count >= 4, "The remainder always goes to the same few domains.");
    }

    [Fact]
    public void Should_TakeWholePool_When_SizeIsThePool()
    {
        using TestPool pool = TestPool.Of(100);
        Assert.Equal(100, pool.Select(Parameters.Of("Topics", 100)).Count);
        Assert.Contains("Topics cannot select 101 questions: 100 of 100 candidates", pool.Refused(Parameters.Of("Topics", 101)).Message);
    }

    [Fact]
    public void Should_BeUniformOverTopicsWithinDomains_When_AnnotationsHaveThem()
    {
        // One domain of two topics, nine to one, and one domain without topics; some questions are in two topics.
        using TestPool pool = TestPool.Of(400);
        pool.Annotations = [.. pool.Annotations.Select((row, i) => i % 2 == 0
            ? row with { Domain = "physics", Topics = i % 20 == 0 ? ["optics"] : ["waves"] }
            : row with { Domain = "law" })];
        HashSet<string> ids = [.. pool.Select(Parameters.Of("Topics", 40))];
        Annotation[] chosen = [.. pool.Annotations.Where(row => ids.Contains(row.QuestionId))];
        Assert.Equal(20, chosen.Count(row => row.Domain == "law"));
        Assert.Equal(10, chosen.Count(row => row.Topics is ["optics"]));
        Assert.Equal(10, chosen.Count(row => row.Topics is ["waves"]));

        // A question of two topics counts in one of them.
        pool.Annotations = [.. pool.Annotations.Select(row => row.Topics is null ? row : row with { Topics = ["optics", "waves"] })];
        Assert.Equal(40, pool.Select(Parameters.Of("Topics", 40)).Distinct().Count());
        pool.Shuffle("x");
        HashSet<string> again = [.. pool.Select(Parameters.Of("Topics", 40))];
        Assert.Equal(20, pool.Annotations.Count(row => again.Contains(row.QuestionId) && row.Domain == "physics"));
    }
}
