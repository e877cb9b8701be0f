using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Teaching.Tests;

public sealed class MergeStrategiesStageTests : IDisposable
{
    private static readonly SortedDictionary<string, IReadOnlyList<string>> Vocabulary = new(StringComparer.Ordinal)
    {
        ["backtracking"] = [],
        ["self-verification"] = ["Double Checking", "verification"],
    };

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Should_UseTheVocabularysNames_When_OthersMeanTheSame(bool keep)
    {
        _bench.Input("annotations",
        [
            new Annotation("a", "Law", ["Double-checking", "Verification", "backtracking"], 1) { Topics = ["t"] },
            new Annotation("b", "Law", ["double cheking", "verification"], 2),
            new Annotation("c", "Law", ["double_cheking"], 3),
        ]);
        StageResult result = _bench.Run(new MergeStrategiesStage(), new MergeStrategiesOptions { Vocabulary = Vocabulary, KeepUnmatched = keep });
        List<Annotation> rows = _bench.Output<Annotation>("annotations.jsonl");
        Assert.Equal(["backtracking", "self-verification"], rows[0].Strategies);
        Assert.Equal(["t"], rows[0].Topics!);
        Assert.Equal(keep ? ["double-cheking", "self-verification"] : ["self-verification"], rows[1].Strategies);
        Assert.Equal(keep ? ["double-cheking"] : [], rows[2].Strategies);
        Assert.Equal((3L, 4L, 1L, 2L), (result.Counts["rows"], result.Counts["names"], result.Counts["unmatchedNames"], result.Counts["unmatchedUses"]));
        Assert.Single(result.Warnings);
        Assert.Equal(
            """
            # Strategies by name, each with the names that mean the same; the number says in how many annotations a name came.
            vocabulary:
              "backtracking": # 1
                []
              "self-verification": # 0
                - "double-checking" # 1
                - "verification" # 2

            # Names that the vocabulary lacks, the most frequent first: move each to a line above, or give it one of its own.
            unmatched:
              "double-cheking": 2 # near 'double-checking', which is self-verification

            """,
            System.Text.Encoding.UTF8.GetString(_bench.OutputBytes("vocabulary.yaml")));
    }

    [Fact]
    public void Should_RefuseTheVocabulary_When_ANameHasTwoMeanings()
    {
        MergeStrategiesOptions options = new()
        {
            Vocabulary = new(StringComparer.Ordinal) { ["a"] = ["same name", "..."], ["b"] = ["Same-Name"] },
        };
        Assert.Equal(
            ["A name under 'a' has neither letters nor digits.", "'same-name' is under both 'a' and 'b'."],
            options.Validate().Select(error => error.Message));
    }
}
