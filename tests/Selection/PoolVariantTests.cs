using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection.Tests;

/// <summary>What a row of a table changes of the pool before a method sees it, and of what it selected.</summary>
public class PoolVariantTests
{
    [Fact]
    public void Should_TakeRightTracesAlone_When_Asked()
    {
        using TestPool pool = TestPool.Of(400);
        HashSet<string> ids = [.. Select(pool, "Random", 300, "\"correctOnly\": true")];
        Assert.Equal(pool.TraceGrades.Where(row => row.Correct).Select(row => row.QuestionId).ToHashSet(), ids);
        Assert.Equal(300, pool.Result.Counts["candidates"]);
        Assert.Contains("300 of 300 candidates", pool.Refused(With("Random", 301, "\"correctOnly\": true")).Message);
        Assert.Contains("'traceGrades'", pool.Refused(With("Random", 3, "\"correctOnly\": true"), "traceGrades").Message);
    }

    [Fact]
    public void Should_TakeNothingOfADomainOrOfOtherLevels_When_Asked()
    {
        using TestPool pool = TestPool.Of(400);
        HashSet<string> ids = [.. Select(pool, "Topics", 90, "\"exceptDomain\": \"domain0\"")];
        Assert.DoesNotContain(pool.Annotations, row => ids.Contains(row.QuestionId) && row.Domain == "domain0");
        ids = [.. Select(pool, "Random", 160, "\"levels\": [\"2\", \"4\"]")];
        Assert.Equal(pool.Questions.Where(row => row.Meta["level"] is "2" or "4").Select(row => row.Id).ToHashSet(), ids);

        UserError error = pool.Refused(With("Random", 9, "\"exceptDomain\": \"domain9\""));
        Assert.Equal("exceptDomain", error.Location);
        Assert.Contains("'domain", error.Hint);
        Assert.Contains("level '9'", pool.Refused(With("Random", 9, "\"levels\": [\"9\"]")).Message);
    }

    [Fact]
    public void Should_NestInTheWholeSelection_When_AShareIsKept()
    {
        using TestPool pool = TestPool.Of(400);
        List<string> whole = Select(pool, "Topics", 101, "\"share\": 1");
        Assert.Equal(whole[..51], Select(pool, "Topics", 101, "\"share\": 0.5")); // 50.5 is rounded up
        Assert.Single(Select(pool, "Topics", 3, "\"share\": 0.01"));
        Assert.Equal("share", pool.Refused(With("Topics", 3, "\"share\": 0")).Location);
    }

    [Fact]
    public void Should_MislabelTheShareAndNest_When_AnnotationsAreNoisy()
    {
        // Given questions whose domain names them
        Candidate[] pool = [.. Enumerable.Range(0, 3000).Select(i => new Candidate(
            FormattableString.Invariant($"q{i:D5}"),
            new Signals(FormattableString.Invariant($"d{i}"), [], i % 11, i, i, i % 2 == 0) { Topics = ["t"], ReferenceCharacters = i, Place = i }))];
        HashSet<string> previous = [];
        foreach (double share in new[] { 0.1, 0.3, 0.5, 1 })
        {
            IReadOnlyList<Candidate> noisy = AnnotationNoise.Apply(pool, share, "1");
            (Candidate First, Candidate Second)[] changed = [.. pool.Zip(noisy).Where(pair => pair.First != pair.Second)];

            // Then as many are changed as asked (sd at most 0.0091; a question may draw itself), with domain and verbosity of one other
            Assert.InRange(changed.Length / 3000.0, share - 0.04, share + 0.04);
            Assert.All(
                changed,
                pair => Assert.Equal(
                    int.Parse(pair.Second.Signals.Domain[1..], System.Globalization.CultureInfo.InvariantCulture) % 11, pair.Second.Signals.Verbosity));
            Assert.All(changed, pair => Assert.Equal(
                (pair.First.Id, pair.First.Signals.Tokens, pair.First.Signals.Cluster, pair.First.Signals.Agree, pair.First.Signals.Place),
                (pair.Second.Id, pair.Second.Signals.Tokens, pair.Second.Signals.Cluster, pair.Second.Signals.Agree, pair.Second.Signals.Place)));

            // and those that are wrong at a smaller share stay so.
            HashSet<string> wrong = [.. changed.Select(pair => pair.First.Id)];
            Assert.Subset(wrong, previous);
            previous = wrong;
        }
    }

    [Fact]
    public void Should_SelectByTheNoisyLabels_When_AMethodReadsThem()
    {
        using TestPool pool = TestPool.Of(1100);
        HashSet<string> band = [.. pool.Annotations.Where(row => row.Verbosity is >= 4 and <= 6).Select(row => row.QuestionId)];
        Assert.Subset(band, Select(pool, "Verbosity", 200, "\"annotationNoise\": 0").ToHashSet());

        // Half of the labels are of another question: of those in the band 1/2 + 1/2 x 3/11 = 0.64 belong there (sd 0.034).
        Assert.InRange(Select(pool, "Verbosity", 200, "\"annotationNoise\": 0.5").Count(band.Contains) / 200.0, 0.5, 0.78);
        Assert.Equal("annotationNoise", pool.Refused(With("Verbosity", 3, "\"annotationNoise\": 1.5")).Location);
    }

    [Fact]
    public void Should_TakeTheNearest_When_TheMethodIsRdsPlus()
    {
        using TestPool pool = TestPool.Of(50);
        Assert.Equal(["q00049", "q00048", "q00047"], pool.Select(Parameters.Of("RDSPlus", 3)));
        Assert.DoesNotContain("q00049", Select(pool, "RDSPlus", 3, "\"levels\": [\"1\", \"2\", \"3\", \"4\"]")); // of level 5
    }

    [Fact]
    public void Should_TakeShortReferencesAlone_When_TheyAreEasyToVerify()
    {
        using TestPool pool = TestPool.Of(60);
        pool.Questions = [.. pool.Questions.Select((row, i) => row with { Reference = i % 3 > 0 ? "2" : i % 2 == 0 ? "a long reference answer" : "" })];
        HashSet<string> ids = [.. pool.Select(Parameters.Of("ShortReference", 40))];
        Assert.Equal(pool.Questions.Where(row => row.Reference == "2").Select(row => row.Id).ToHashSet(), ids);
        Assert.Contains("40 of 60 candidates have a reference answer of at most 1 characters", pool.Refused(Parameters.Of("ShortReference", 41)).Message);
    }

    private static List<string> Select(TestPool pool, string method, int size, string more) => pool.Select(With(method, size, more));

    private static string With(string method, int size, string more) => Parameters.Of(method, size)[..^1] + ", " + more + "}";
}
