using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection.Tests;

public class TrainingMatchTests
{
    [Theory]
    [InlineData("LongReasoning", "System2", "tokens")]
    [InlineData("Verbosity", "System2", "tokens")]
    [InlineData("Topics", "System2", "tokens")]
    [InlineData("SemanticEmbeddings", "System2", "tokens")]
    [InlineData("ModelsDisagree", "System1", "tokens")]
    [InlineData("LongReasoning", "System2", "steps")]
    [InlineData("ModelsDisagree", "System2", "steps")]
    public void Should_CostAsMuchAsRandom_When_Matched(string method, string mix, string by)
    {
        using TestPool pool = TestPool.Of(2000);
        List<string> random = pool.Select(Parameters.Of("Random", 150));
        List<string> selected = pool.Select(Matched(method, 150, by, mix));
        TrainingCost cost = SelectionReport.Read(Path.Combine(pool.Output, "report.json")).Training!;

        int Length(string id) => mix == "System2" ? pool.Lengths.Single(row => row.QuestionId == id).System2 : 25;
        Assert.Equal((by, "Random", 150, selected.Count), (cost.MatchedBy, cost.WithMethod, cost.WithExamples, cost.Examples));
        Assert.Equal((3L * selected.Sum(Length), 3L * random.Sum(Length)), (cost.Tokens, cost.WithTokens));
        Assert.Equal((Steps(selected), Steps(random)), (cost.Steps, cost.WithSteps));

        // An example more or less would be no closer: at most half of the longest one's cost.
        if (by == "tokens")
        {
            Assert.InRange(cost.Tokens, cost.WithTokens - (3 * 1000 / 2), cost.WithTokens + (3 * 1000 / 2));
        }
        else
        {
            // An example more may be a step more in each of the three epochs.
            Assert.InRange(cost.Steps, cost.WithSteps - 3, cost.WithSteps + 3);
        }

        int Steps(List<string> ids) => Enumerable.Range(0, 3).Sum(epoch => TrainingBatches.Epoch([.. ids.Select(id => new SizedRow(id, Length(id)))], 1000, "t", epoch).Count);
    }

    [Fact]
    public void Should_CutLongAndEnlargeShort_When_Matched()
    {
        using TestPool pool = TestPool.Of(2000);
        Assert.InRange(pool.Select(Matched("LongReasoning", 150, "tokens")).Count, 60, 130);
        pool.Lengths = [.. pool.Lengths.Select(row => row with { System2 = pool.Annotations.Single(other => other.QuestionId == row.QuestionId).Verbosity is >= 4 and <= 6 ? 50 : 500 })];
        Assert.InRange(pool.Select(Matched("Verbosity", 50, "tokens")).Count, 250, 500);
    }

    // Of several sizes with as many steps it is the one with the same tokens.
    [Theory]
    [InlineData("tokens")]
    [InlineData("steps")]
    public void Should_BeRandomItself_When_RandomIsMatchedWithRandom(string by)
    {
        using TestPool pool = TestPool.Of(800);
        Assert.Equal(pool.Select(Parameters.Of("Random", 77)), pool.Select(Matched("Random", 77, by)));
    }

    [Fact]
    public void Should_PayForNothing_When_AnExampleIsTooLong()
    {
        // Of Random's examples the longest are dropped by the training, and count for nothing.
        using TestPool pool = TestPool.Of(800);
        pool.Lengths = [.. pool.Lengths.Select(row => row.System2 > 500 ? row with { System2 = 0 } : row)];
        HashSet<string> random = [.. pool.Select(Parameters.Of("Random", 100))];
        pool.Select(Matched("ModelsDisagree", 100, "tokens"));
        Assert.Equal(3L * pool.Lengths.Where(row => random.Contains(row.QuestionId)).Sum(row => row.System2), SelectionReport.Read(Path.Combine(pool.Output, "report.json")).Training!.WithTokens);
    }

    [Fact]
    public void Should_PayForNothing_When_AnExampleIsHeldOut()
    {
        using TestPool pool = TestPool.Of(800);
        List<string> random = pool.Select(Parameters.Of("Random", 100));
        string parameters = Matched("LongReasoning", 100, "tokens").Replace("\"epochs\":3", "\"epochs\":3,\"heldOut\":0.2", StringComparison.Ordinal);
        List<string> selected = pool.Select(parameters);
        TrainingCost cost = SelectionReport.Read(Path.Combine(pool.Output, "report.json")).Training!;

        Assert.Equal((Trained(selected), Trained(random)), (cost.Tokens, cost.WithTokens));
        Assert.Equal(80, random.Count - HeldOutDraw.Of(random, 0.2, "t").Count);
        Assert.InRange(cost.Tokens, cost.WithTokens - (3 * 1000), cost.WithTokens + (3 * 1000));
        Assert.Equal("match.heldOut", pool.Refused(parameters.Replace("0.2", "1", StringComparison.Ordinal)).Location);

        long Trained(List<string> ids)
        {
            IReadOnlySet<string> heldOut = HeldOutDraw.Of(ids, 0.2, "t");
            return 3L * ids.Where(id => !heldOut.Contains(id)).Sum(id => pool.Lengths.Single(row => row.QuestionId == id).System2);
        }
    }

    [Fact]
    public void Should_SayHowFarItGets_When_AMethodHasTooLittle()
    {
        using TestPool pool = TestPool.Of(300);
        pool.Lengths = [.. pool.Lengths.Select(row => row with { System2 = pool.Judgements.Single(other => other.QuestionId == row.QuestionId).Agree ? 900 : 30 })];
        UserError error = pool.Refused(Matched("ModelsDisagree", 150, "tokens"));
        Assert.Contains($"all {pool.Judgements.Count(row => !row.Agree)} questions that the method can give", error.Message);
        Assert.Equal("match", error.Location);

        Assert.Contains("'lengths'", pool.Refused(Matched("Random", 15, "tokens"), "lengths").Message);
        pool.Lengths.RemoveAll(row => row.QuestionId == "q00007");
        Assert.Contains("'q00007'", pool.Refused(Matched("Random", 290, "tokens")).Message);
        pool.Lengths.Add(pool.Lengths[0]);
        Assert.Contains("stands twice", pool.Refused(Matched("Random", 15, "tokens")).Message);
    }

    [Fact]
    public void Should_NameWhatIsWrong_When_OptionsAreChecked()
    {
        using TestPool pool = TestPool.Of(10);
        Assert.Contains("'tokens'", pool.Refused(Matched("Random", 3, "token")).Hint);
        Assert.Equal("match.mix", pool.Refused(Matched("Random", 3, "tokens", "Difficulty")).Location);
        JsonNode nested = JsonNode.Parse(Matched("Random", 3, "tokens"))!;
        nested["match"]!["with"]!["method"] = "Rando";
        Assert.Equal("match.with.method", pool.Refused(nested.ToJsonString()).Location);
    }

    private static string Matched(string method, int size, string by, string mix = "System2")
    {
        JsonObject json = JsonNode.Parse(Parameters.Of(method, size))!.AsObject();
        json["match"] = new JsonObject
        {
            ["by"] = by,
            ["with"] = JsonNode.Parse(Parameters.Of("Random", size)),
            ["mix"] = mix,
            ["epochs"] = 3,
            ["batchTokens"] = 1000,
            ["trainingSeed"] = "t",
        };
        return json.ToJsonString(JsonSerializerOptions.Web);
    }
}
