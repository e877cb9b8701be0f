using System.Text.Json.Nodes;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Tests;

public class NearDuplicateCheckTests
{
    private static readonly List<Question> Pool = [new("a", "ann has 12 red apples in a bag ?", "1"), new("b", "bob sells 3 old cars to the shop ?", "1")];

    [Fact]
    public void Should_BeOne_When_OnlyNumbersDiffer()
    {
        NearDuplicate row = Assert.Single(NearDuplicateCheck.Compare(Pool, [new("x", "bob sells 45 old cars to the shop ?", "1")]).Nearest);
        Assert.Equal(new NearDuplicate("x", "b", 1), row);
    }

    /// <summary>Five n-grams of nine words each; the last two words differ, so 3 of 5 + 5 - 3 are shared.</summary>
    [Fact]
    public void Should_BeTheJaccardIndex_When_TheEndDiffers() =>
        Assert.Equal(3.0 / 7, NearDuplicateCheck.Compare(Pool, [new("x", "bob sells 3 old cars to the king .", "1")]).Nearest[0].Similarity, 12);

    [Fact]
    public void Should_BeZero_When_NothingIsShared() =>
        Assert.Equal(new NearDuplicate("x", null, 0), NearDuplicateCheck.Compare(Pool, [new("x", "quite another thing altogether it is", "1")]).Nearest[0]);

    [Fact]
    public void Should_SummariseByRank_When_Asked()
    {
        NearDuplicateReport report = new([new("a", null, 0), new("b", "p", 0.25), new("c", "p", 0.25), new("d", "p", 1)]);
        Assert.Equal([0, 0.25, 1], [report.Quantile(0), report.Quantile(0.75), report.Quantile(1)]);
        Assert.Equal([1, 0, 2, 0, 0, 0, 0, 0, 0, 1], report.Histogram());
    }

    [Fact]
    public void Should_TellTransferFromBroad_When_TheWholeWorldIsCompared()
    {
        NearDuplicateReport broad = NearDuplicateCheck.Compare(WorldRuns.Pool, WorldRuns.Benchmarks["Broad"]);
        NearDuplicateReport transfer = NearDuplicateCheck.Compare(WorldRuns.Pool, WorldRuns.Benchmarks["Transfer"]);
        Assert.Equal(500, broad.Nearest.Count);
        Assert.InRange(broad.Quantile(0.5), 0.4, 0.8);
        Assert.InRange(transfer.Quantile(0.5), 0, 0.4);
        Assert.InRange(transfer.Quantile(0.99), 0, 0.8);
    }

    /// <summary>Whatever differs in numbers alone is on one side.</summary>
    [Fact]
    public void Should_FindNoneEqualButForNumbers_When_PoolAndBenchmarksAreCompared()
    {
        HashSet<string> pool = [.. WorldRuns.Pool.Select(question => QuestionSide.Masked(question.Text))];
        foreach (List<Question> benchmark in WorldRuns.Benchmarks.Values)
        {
            Assert.DoesNotContain(benchmark, question => pool.Contains(QuestionSide.Masked(question.Text)));
            Assert.DoesNotContain(NearDuplicateCheck.Compare(WorldRuns.Pool, benchmark).Nearest, row => row.Similarity == 1);
        }
    }

    [Fact]
    public void Should_WriteTheNearestOfEach_When_RunAsAStage()
    {
        string pool = WorldRuns.Write(
            new Question[] { new("p-1", "ann has 12 coins and finds 5 more of them", "17"), new("p-2", "nothing is like this one at all here", "0") });
        string benchmark = WorldRuns.Write(new Question[] { new("b-1", "ann has 40 coins and finds 7 more of them", "47") });
        (string folder, List<NearDuplicate> rows) = WorldRuns.Rows<NearDuplicate>(
            new NearDuplicatesStage(), "near-duplicates.jsonl", [], ("pool", pool), ("questions", benchmark));
        Assert.Equal(new NearDuplicate("b-1", "p-1", 1), Assert.Single(rows));
        JsonNode report = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "report.json")))!;
        Assert.Equal(1, (double)report["quantiles"]!["0.5"]!);
        Assert.Equal(1, (int)report["histogram"]![9]!);
    }
}
