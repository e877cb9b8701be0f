using System.Globalization;
using NaturalThoughts.MiniWorld.Annotating;
using NaturalThoughts.MiniWorld.Families;
using NaturalThoughts.MiniWorld.Teaching;
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
        AssertBands(ReasoningStrategy.Names.Select(strategy => (strategy, WorldRuns.Traces.Zip(WorldRuns.Annotations).Select(pair =>
            (pair.First.Meta["strategies"].Split(',').Contains(strategy), pair.Second.Strategies.Contains(strategy))))));
    }

    /// <summary>The annotator's cues were written for the usual phrases; these traces have none of them.</summary>
    [Fact]
    public void Should_BeGoodAndNotPerfect_When_ThePhrasesAreNewToIt()
    {
        List<(Trace Trace, Annotation Annotation)> pairs =
            [.. WorldRuns.Traces.Zip(WorldRuns.Annotations).Where(pair => pair.First.Meta["phrases"] == "unusual")];
        Assert.InRange(pairs.Count, 0.25 * WorldRuns.PoolSize, 0.35 * WorldRuns.PoolSize);
        AssertBands(
            ReasoningStrategy.Names.Select(strategy =>
                (strategy, pairs.Select(pair =>
                    (pair.Trace.Meta["strategies"].Split(',').Contains(strategy), pair.Annotation.Strategies.Contains(strategy))))));
    }

    [Fact]
    public void Should_ShareNoPhrase_When_UsualAndUnusualAreCompared()
    {
        static IEnumerable<string> Marked(PhraseBook book) =>
            new[]
            {
                book.Restating, book.Decomposition, book.SubGoals, book.SelfVerification, book.Correction, book.Backtracking, book.Exploration, book.Estimation,
                book.CaseAnalysis,
            }.SelectMany(phrases => phrases.Marked);
        Assert.Empty(Marked(PhraseBook.Usual).Intersect(Marked(PhraseBook.Unusual)));
    }

    [Fact]
    public void Should_FindMostTopics_When_QuestionsAreRead()
    {
        List<(string Truth, Annotation Annotation)> rows =
            [.. WorldRuns.Pool.Zip(WorldRuns.Annotations).Select(pair => (pair.First.Meta["topic"], pair.Second))];
        Assert.All(rows, row => Assert.True(row.Annotation.Topics is { Count: <= 1 }));
        double right = rows.Average(row => row.Annotation.Topics!.Contains(row.Truth) ? 1.0 : 0);
        Assert.True(right is > Low and < High, $"{right}");
        foreach (IGrouping<string, Question> domain in WorldRuns.Pool.GroupBy(question => question.Meta["domain"]))
        {
            Assert.InRange(domain.Select(question => question.Meta["topic"]).Distinct().Count(), 2, 4);
        }
    }

    [Fact]
    public void Should_BeGoodAndNotPerfect_When_DomainsAreCompared()
    {
        AssertBands(
            FamilyCatalog.PoolDomains.Select(domain =>
                (domain, WorldRuns.Pool.Zip(WorldRuns.Annotations).Select(pair => (pair.First.Meta["domain"] == domain, pair.Second.Domain == domain)))));
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
        List<Annotation> again = WorldRuns.Rows<Annotation>(
            new WorldAnnotateStage(), "annotations.jsonl", [], ("questions", WorldRuns.Write(questions)), ("traces", WorldRuns.Write(traces))).Rows;
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

    private static void AssertBands(IEnumerable<(string Label, IEnumerable<(bool True, bool Said)> Rows)> labels)
    {
        List<(string Label, double Precision, double Recall)> read = [];
        foreach ((string label, IEnumerable<(bool True, bool Said)> rows) in labels)
        {
            List<(bool True, bool Said)> all = [.. rows];
            double both = all.Count(row => row.True && row.Said);
            read.Add((label, both / all.Count(row => row.Said), both / all.Count(row => row.True)));
        }

        Assert.True(
            read.All(label => label.Precision is >= Low and <= High && label.Recall is >= Low and <= High),
            string.Join(", ", read.Select(label => string.Create(CultureInfo.InvariantCulture, $"{label.Label} {label.Precision:f3} {label.Recall:f3}"))));
    }
}
