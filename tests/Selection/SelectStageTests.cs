using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection.Tests;

public class SelectStageTests
{
    [Theory]
    [MemberData(nameof(Parameters.Methods), MemberType = typeof(Parameters))]
    public void Should_SelectExactlyNDistinctCandidates_When_ThereAreEnough(string method)
    {
        using TestPool pool = TestPool.Of(1000);
        foreach (int size in new[] { 1, 7, 150 })
        {
            List<string> selected = pool.Select(Parameters.Of(method, size));
            Assert.Equal(size, selected.Distinct(StringComparer.Ordinal).Count());
            Assert.Equal(size, selected.Count);
            Assert.All(selected, id => Assert.Contains(pool.Questions, question => question.Id == id));
            Assert.Equal(size, pool.Result.Counts["rows"]);
        }
    }

    [Theory]
    [MemberData(nameof(Parameters.Methods), MemberType = typeof(Parameters))]
    public void Should_WriteTheSameBytes_When_InputRowsArePermuted(string method)
    {
        using TestPool pool = TestPool.Of(700);
        foreach (string? permuted in new[] { null, "all", "lengths" })
        {
            pool.Select(Parameters.Of(method, 90, permuted: permuted));
            byte[] selection = File.ReadAllBytes(Path.Combine(pool.Output, "selection.jsonl"));
            byte[] report = File.ReadAllBytes(Path.Combine(pool.Output, "report.json"));
            foreach (string seed in new[] { "x", "y" })
            {
                pool.Shuffle(seed);
                pool.Select(Parameters.Of(method, 90, permuted: permuted));
                Assert.Equal(selection, File.ReadAllBytes(Path.Combine(pool.Output, "selection.jsonl")));
                Assert.Equal(report, File.ReadAllBytes(Path.Combine(pool.Output, "report.json")));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Parameters.Methods), MemberType = typeof(Parameters))]
    public void Should_SelectOthers_When_TheSeedDiffers(string method)
    {
        using TestPool pool = TestPool.Of(1000);
        List<string> a = pool.Select(Parameters.Of(method, 100, "1"));
        List<string> same = pool.Select(Parameters.Of(method, 100, "\"1\""));
        List<string> b = pool.Select(Parameters.Of(method, 100, "2"));
        Assert.Equal(a, same);
        if (method == SelectionMethod.RdsPlus)
        {
            Assert.Equal(a, b); // it draws nothing
            return;
        }

        Assert.True(Overlap.Jaccard(a, b) < 0.6, $"{method} hardly depends on its seed.");
    }

    [Fact]
    public void Should_DrawMethodsIndependently_When_TheSeedIsTheSame()
    {
        // Given a pool in which every candidate is eligible for both methods
        using TestPool pool = TestPool.Of(1000);
        pool.Judgements = [.. pool.Judgements.Select(row => row with { Agree = false })];

        // Then the two share about what chance gives (0.11 +- 0.02), not everything
        double jaccard = Overlap.Jaccard(pool.Select(Parameters.Of("Random", 200)), pool.Select(Parameters.Of("ModelsDisagree", 200)));
        Assert.InRange(jaccard, Overlap.ByChance(200, 1000) - 0.06, Overlap.ByChance(200, 1000) + 0.06);
    }

    [Fact]
    public void Should_IgnoreQuestionsWithoutTraceOrAnnotation_When_Selecting()
    {
        using TestPool pool = TestPool.Of(10);
        pool.Traces.RemoveAt(0);
        pool.Annotations.RemoveAt(9);
        List<string> selected = pool.Select(Parameters.Of("Random", 8));
        Assert.DoesNotContain("q00000", selected);
        Assert.DoesNotContain("q00009", selected);
        Assert.Equal(8, pool.Result.Counts["candidates"]);
        Assert.Contains("8 of 8 candidates", pool.Refused(Parameters.Of("Random", 9)).Message);
    }

    [Fact]
    public void Should_NameTheMissingInput_When_AMethodNeedsIt()
    {
        using TestPool pool = TestPool.Of(50);
        Assert.Contains("'clusters'", pool.Refused(Parameters.Of("SemanticEmbeddings", 5), "clusters").Message);
        Assert.Contains("'judgements'", pool.Refused(Parameters.Of("ModelsDisagree", 5), "judgements").Message);
        Assert.Contains("'nearest'", pool.Refused(Parameters.Of("RDSPlus", 5), "nearest").Message);
        Assert.Equal(5, pool.Select(Parameters.Of("Topics", 5), "clusters", "judgements").Count);
    }

    [Theory]
    [InlineData("SemanticEmbeddings", "clusters.jsonl")]
    [InlineData("ModelsDisagree", "judgements.jsonl")]
    public void Should_NameTheQuestion_When_ACandidateHasNoRow(string method, string file)
    {
        using TestPool pool = TestPool.Of(50);
        pool.Clusters.RemoveAt(17);
        pool.Judgements.RemoveAt(17);
        UserError error = pool.Refused(Parameters.Of(method, 5));
        Assert.Contains("'q00017'", error.Message);
        Assert.EndsWith(file, error.Location);
    }

    [Fact]
    public void Should_NameTheQuestion_When_RowsAreTwiceOrUnknown()
    {
        using TestPool pool = TestPool.Of(5);
        pool.Annotations.Add(pool.Annotations[3]);
        Assert.Contains("'q00003' stands twice", pool.Refused(Parameters.Of("Random", 2)).Message);
        pool.Annotations[^1] = pool.Annotations[3] with { QuestionId = "other" };
        Assert.Contains("'other'", pool.Refused(Parameters.Of("Random", 2)).Message);
    }

    [Fact]
    public void Should_ReportTheSelectedQuestions_When_Done()
    {
        using TestPool pool = TestPool.Of(400);
        HashSet<string> ids = [.. pool.Select(Parameters.Of("Topics", 60))];
        SelectionReport report = SelectionReport.Read(Path.Combine(pool.Output, "report.json"));

        Assert.Equal(("Topics", 60, 400), (report.Method, report.N, report.Candidates));
        Assert.Equal(pool.Traces.Where(row => ids.Contains(row.QuestionId)).Sum(row => row.Tokens), report.Tokens.Sum);
        Assert.Equal(report.Tokens.Sum, pool.Result.Counts["tokens"]);
        Assert.Equal(report.Tokens.Sum / 60.0, report.Tokens.Mean);
        Assert.Equal(60, report.Domains.Values.Sum());
        Assert.Equal(60, report.Levels.Values.Sum());
        Assert.Equal(pool.Questions.Count(row => ids.Contains(row.Id) && row.Meta["level"] == "3"), report.Levels["3"]);
        Assert.Equal(pool.Annotations.Count(row => ids.Contains(row.QuestionId) && row.Strategies.Contains("s2")), report.Strategies["s2"]);
        Assert.Equal(pool.Annotations.Count(row => ids.Contains(row.QuestionId) && row.Strategies.Count == 4), report.StrategyCounts["04"]);
    }
}
