using NaturalThoughts.MiniWorld.Annotating;
using NaturalThoughts.MiniWorld.Families;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Tests.Annotating;

public class AnnotatorTests
{
    /// <summary>Below, the annotator is of no use; above, the text gives the label away.</summary>
    private const double Low = 0.75;
    private const double High = 0.98;

    [Fact]
    public void Should_BeGoodAndNotPerfect_When_StrategiesAreCompared()
    {
        foreach (string strategy in ReasoningStrategy.Names)
        {
            List<(bool True, bool Said)> rows = [.. WorldRuns.Traces.Zip(WorldRuns.Annotations).Select(pair =>
                (pair.First.Meta["strategies"].Split(',').Contains(strategy), pair.Second.Strategies.Contains(strategy)))];
            AssertBand(rows, strategy);
        }
    }

    [Fact]
    public void Should_BeGoodAndNotPerfect_When_DomainsAreCompared()
    {
        foreach (string domain in FamilyCatalog.PoolDomains)
        {
            List<(bool True, bool Said)> rows = [.. WorldRuns.Pool.Zip(WorldRuns.Annotations).Select(pair => (pair.First.Meta["domain"] == domain, pair.Second.Domain == domain))];
            AssertBand(rows, domain);
        }
    }

    [Fact]
    public void Should_FollowTheTruth_When_VerbosityIsRated()
    {
        double[] truth = [.. WorldRuns.Traces.Select(trace => double.Parse(trace.Meta["verbosity"], System.Globalization.CultureInfo.InvariantCulture))];
        double[] rated = [.. WorldRuns.Annotations.Select(annotation => (double)annotation.Verbosity)];
        Assert.All(WorldRuns.Annotations, annotation => Assert.InRange(annotation.Verbosity, 0, 10));
        Assert.Equal(11, rated.Distinct().Count());
        (double mt, double mr) = (truth.Average(), rated.Average());
        double covariance = truth.Zip(rated, (t, r) => (t - mt) * (r - mr)).Sum();
        double correlation = covariance / Math.Sqrt(truth.Sum(t => (t - mt) * (t - mt)) * rated.Sum(r => (r - mr) * (r - mr)));
        Assert.InRange(correlation, 0.5, 0.95);
    }

    /// <summary>Ids and truth are taken away; the annotations are the same.</summary>
    [Fact]
    public void Should_SeeTheTextAlone_When_ItAnnotates()
    {
        List<Question> questions = [.. WorldRuns.Pool.Take(1000).Select((question, i) => new Question($"x{i}", question.Text, "?"))];
        List<Trace> traces = [.. WorldRuns.Traces.Take(1000).Select((trace, i) => new Trace($"x{i}", trace.Thinking, "", 0))];
        List<Annotation> again = WorldRuns.Rows<Annotation>(new WorldAnnotateStage(), "annotations.jsonl", [], ("questions", WorldRuns.Write(questions)), ("traces", WorldRuns.Write(traces))).Rows;
        Assert.Equal(
            WorldRuns.Annotations.Take(1000).Select(row => $"{row.Domain} {string.Join(',', row.Strategies)} {row.Verbosity}"),
            again.Select(row => $"{row.Domain} {string.Join(',', row.Strategies)} {row.Verbosity}"));
    }

    [Fact]
    public void Should_FindARestatedFact_When_ItHasNoMarker()
    {
        Assert.Contains(ReasoningStrategy.Restating, StrategyReader.Strategies("ann has 12 coins . ann finds 5 . how many ?", "ann finds 5 . 12 + 5 = 17 ."));
        Assert.Empty(StrategyReader.Strategies("ann has 12 coins . ann finds 5 . how many ?", "12 + 5 = 17 ."));
    }

    [Fact]
    public void Should_FallBack_When_NoKeyWordIsThere() => Assert.Equal(DomainReader.Default, DomainReader.Domain("what is it ?"));

    private static void AssertBand(List<(bool True, bool Said)> rows, string label)
    {
        double both = rows.Count(row => row.True && row.Said);
        double precision = both / rows.Count(row => row.Said);
        double recall = both / rows.Count(row => row.True);
        Assert.True(precision is >= Low and <= High && recall is >= Low and <= High, $"{label}: precision {precision:f3}, recall {recall:f3}");
    }
}
