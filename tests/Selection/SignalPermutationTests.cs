using NaturalThoughts.Records;

namespace NaturalThoughts.Selection.Tests;

public class SignalPermutationTests
{
    [Fact]
    public void Should_MoveWholeSetsOfSignals_When_Permuted()
    {
        // Given candidates whose signals all carry the same number
        Candidate[] candidates =
            [.. Enumerable.Range(0, 200).Select(i => new Candidate($"q{i:D3}", new Signals($"d{i}", [$"s{i}"], i % 11, i, i, i % 2 == 0)))];

        // When permuted
        IReadOnlyList<Candidate> permuted = SignalPermutation.Apply(candidates, "all", "1");

        // Then the ids stay, the sets of signals are the same ones, whole, and nearly all elsewhere
        Assert.Equal(candidates.Select(row => row.Id), permuted.Select(row => row.Id));
        Assert.Equal(candidates.Select(row => row.Signals.Tokens), permuted.Select(row => row.Signals.Tokens).Order());
        Assert.All(permuted, row => Assert.Same(candidates[row.Signals.Tokens].Signals, row.Signals));
        Assert.True(permuted.Zip(candidates).Count(pair => ReferenceEquals(pair.First.Signals, pair.Second.Signals)) < 10);
        Assert.NotEqual(permuted, SignalPermutation.Apply(candidates, "all", "2"));
    }

    [Theory]
    [InlineData("ModelsDisagree")]
    [InlineData("Verbosity")]
    [InlineData("SemanticEmbeddings")]
    [InlineData("LongReasoning")]
    public void Should_LoseTheEffect_When_AnnotationsArePermuted(string method)
    {
        // A selection sees the chosen property in all its rows, the permuted control only at the pool's rate.
        using TestPool pool = TestPool.Of(2600);
        Assert.True(Share(pool, method, permuted: null) > Share(pool, method, permuted: "all") + 0.1);

        static double Share(TestPool pool, string method, string? permuted)
        {
            HashSet<string> ids = [.. pool.Select(Parameters.Of(method, 300, permuted: permuted))];
            int hits = method switch
            {
                "ModelsDisagree" => pool.Judgements.Count(row => ids.Contains(row.QuestionId) && !row.Agree),
                "Verbosity" => pool.Annotations.Count(row => ids.Contains(row.QuestionId) && row.Verbosity is >= 4 and <= 6),
                "SemanticEmbeddings" => pool.Clusters.Count(row => ids.Contains(row.QuestionId) && row.Cluster >= 0),
                _ => pool.Traces.Count(row => ids.Contains(row.QuestionId) && row.Tokens > 480),
            };
            return hits / 300.0;
        }
    }

    [Fact]
    public void Should_ReportTheTrueTraces_When_AnnotationsArePermuted()
    {
        using TestPool pool = TestPool.Of(500);
        HashSet<string> ids = [.. pool.Select(Parameters.Of("LongReasoning", 100, permuted: "all"))];
        SelectionReport report = SelectionReport.Read(Path.Combine(pool.Output, "report.json"));
        Assert.Equal(pool.Traces.Where(row => ids.Contains(row.QuestionId)).Sum(row => row.Tokens), report.Tokens.Sum);
        Assert.Equal(pool.Annotations.Count(row => ids.Contains(row.QuestionId) && row.Domain == "domain0"), report.Domains["domain0"]);
    }

    [Theory]
    [InlineData("all")]
    [InlineData("lengths")]
    public void Should_ChangeNothing_When_TheMethodIsRandom(string permuted)
    {
        using TestPool pool = TestPool.Of(100);
        Assert.Equal(pool.Select(Parameters.Of("Random", 30)), pool.Select(Parameters.Of("Random", 30, permuted: permuted)));
    }

    [Fact]
    public void Should_MoveSignalsAmongNeighbours_When_LengthsStay()
    {
        // Given 230 candidates in another order than their lengths: 4 strata of 50, and one of 30
        Candidate[] candidates =
            [.. Enumerable.Range(0, 230).Select(i => new Candidate($"q{i:D3}", new Signals("d", [$"s{i}"], 0, 1000 + (i * 77 % 230), i, true)))];

        IReadOnlyList<Candidate> permuted = SignalPermutation.Apply(candidates, "lengths", "1");

        // Then each set of signals is still there once, in its own stratum, and nearly all are elsewhere
        Assert.Equal(candidates.Select(row => row.Id), permuted.Select(row => row.Id));
        Assert.Equal(candidates.Select(row => row.Signals.Tokens).Order(), permuted.Select(row => row.Signals.Tokens).Order());
        Assert.All(
            permuted.Zip(candidates),
            pair => Assert.Equal((pair.Second.Signals.Tokens - 1000) / 50, (pair.First.Signals.Tokens - 1000) / 50));
        Assert.All(permuted, row => Assert.Same(candidates[row.Signals.Cluster!.Value].Signals, row.Signals));
        Assert.True(permuted.Zip(candidates).Count(pair => ReferenceEquals(pair.First.Signals, pair.Second.Signals)) < 20);
        Assert.NotEqual(permuted, SignalPermutation.Apply(candidates, "lengths", "2"));
    }

    [Fact]
    public void Should_KeepTheLengthsAndLoseTheStrategies_When_PermutedAmongTracesOfOneLength()
    {
        // Given a pool whose traces are the longer the more strategies they have
        using TestPool pool = TestPool.Of(2100);
        pool.Traces = [.. pool.Traces.Select((trace, i) => trace with { Tokens = (30 * (i % 7) * (i % 7)) + (4 * (i % 97)) })];

        double chosen = Length(null), sameLength = Length("lengths"), anyLength = Length("all");

        // Then the control has the lengths of the method, which is far from the pool's, and not its questions
        Assert.InRange(sameLength / chosen, 0.95, 1.05);
        Assert.True(Math.Abs(anyLength - chosen) > 50, FormattableString.Invariant($"{anyLength} and {chosen}"));
        List<string> own = pool.Select(Parameters.Of("ReasoningStrategies", 200));
        Assert.True(own.Intersect(pool.Select(Parameters.Of("ReasoningStrategies", 200, permuted: "lengths"))).Count() < 150);

        double Length(string? permuted)
        {
            _ = pool.Select(Parameters.Of("ReasoningStrategies", 200, permuted: permuted));
            return SelectionReport.Read(Path.Combine(pool.Output, "report.json")).Tokens.Mean;
        }
    }
}
