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

        int Steps(List<string> ids) =>
            Enumerable.Range(0, 3).Sum(epoch => TrainingBatches.Epoch([.. ids.Select(id => new SizedRow(id, Length(id)))], 1000, "t", epoch).Count);
    }

    [Fact]
    public void Should_CutLongAndEnlargeShort_When_Matched()
    {
        using TestPool pool = TestPool.Of(2000);
        Assert.InRange(pool.Select(Matched("LongReasoning", 150, "tokens")).Count, 60, 130);
        pool.Lengths =
            [.. pool.Lengths.Select(row =>
                row with { System2 = pool.Annotations.Single(other => other.QuestionId == row.QuestionId).Verbosity is >= 4 and <= 6 ? 50 : 500 })];
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
        Assert.Equal(
            3L * pool.Lengths.Where(row => random.Contains(row.QuestionId)).Sum(row => row.System2),
            SelectionReport.Read(Path.Combine(pool.Output, "report.json")).Training!.WithTokens);
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
        pool.Lengths =
            [.. pool.Lengths.Select(row => row with { System2 = pool.Judgements.Single(other => other.QuestionId == row.QuestionId).Agree ? 900 : 30 })];
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
        Assert.Equal("match.mix", pool.Refused(Matched("Random", 3, "tokens", "Difficult")).Location);
        Assert.Equal("match.withMix", pool.Refused(Matched("Random", 3, "tokens", "Difficulty", "Random.5")).Location);
        Assert.Equal("match.instructionDropout", pool.Refused(Matched("Random", 3, "tokens", "Difficulty", "System2", 1.5)).Location);
        JsonNode nested = JsonNode.Parse(Matched("Random", 3, "tokens"))!;
        nested["match"]!["with"]!["method"] = "Rando";
        Assert.Equal("match.with.method", pool.Refused(nested.ToJsonString()).Location);
    }

    // What the cost is said to be is compared with the training set that compose makes of the selection.
    [Theory]
    [InlineData("Random", "Difficulty", "tokens", 0.0)]
    [InlineData("Random", "Difficulty", "tokens", 0.2)]
    [InlineData("Random", "RandomAsDifficulty", "tokens", 0.2)]
    [InlineData("Random", "Random0.2", "tokens", 0.2)]
    [InlineData("Random", "System1", "tokens", 0.2)]
    [InlineData("Topics", "Random0.6", "tokens", 0.2)]
    [InlineData("Random", "Difficulty", "steps", 0.2)]
    [InlineData("Random", "RandomAsDifficulty", "steps", 0.0)]
    [InlineData("Random", "System1", "steps", 0.2)]
    public void Should_CostAsMuchAsTraces_When_AMixIsMatched(string method, string mix, string by, double dropout)
    {
        using TestPool pool = TestPool.Of(6000);
        pool.Lengths = [.. pool.Lengths.Select(row => row with { System2Bare = row.System2 - 2, System1Bare = row.System1 - 3 })];
        List<string> random = pool.Select(Parameters.Of("Random", 150));
        List<string> selected = pool.Select(Matched(method, 150, by, mix, "System2", dropout));
        TrainingCost cost = SelectionReport.Read(Path.Combine(pool.Output, "report.json")).Training!;
        Assert.Equal((mix, "System2", selected.Count, 150), (cost.Mix, cost.WithMix, cost.Examples, cost.WithExamples));
        Assert.True(selected.Count > 180, $"{selected.Count} examples");

        SizedRow[] own = Sized(pool, selected, mix, dropout), other = Sized(pool, random, "System2", dropout);
        Assert.Equal((3L * own.Sum(row => row.Tokens), 3L * other.Sum(row => row.Tokens)), (cost.Tokens, cost.WithTokens));
        Assert.Equal((Steps(own), Steps(other)), (cost.Steps, cost.WithSteps));
        if (by == "tokens")
        {
            Assert.InRange(cost.Tokens, 0.99 * cost.WithTokens, 1.01 * cost.WithTokens);
        }
        else
        {
            Assert.InRange(cost.Steps, cost.WithSteps - 3, cost.WithSteps + 3);
        }

        if (method == "Random")
        {
            Assert.Equal(random, selected.Take(150));
        }
    }

    [Fact]
    public void Should_KeepSmallerSharesAmongLargerOnes_When_MixesAreMatched()
    {
        using TestPool pool = TestPool.Of(6000);
        HashSet<string> larger = [], asked = [];
        foreach (string mix in new[] { "Random0.6", "Random0.4", "Random0.2" })
        {
            List<string> selected = pool.Select(Matched("Random", 150, "tokens", mix, "System2"));
            HashSet<string> thinks = [.. Composed(pool, selected, mix, 0).Where(row => row.Mode == "System2").Select(row => row.QuestionId)];

            // A smaller share takes more questions; of those of a larger share, none thinks that does not think there.
            HashSet<string> all = [.. selected], shared = [.. thinks.Where(asked.Contains)];
            Assert.Superset(asked, all);
            Assert.Subset(larger, shared);
            (larger, asked) = (thinks, all);
        }
    }

    [Fact]
    public void Should_SayWhatIsMissing_When_AMixCannotBeMatched()
    {
        using TestPool pool = TestPool.Of(300);
        UserError error = pool.Refused(Matched("Random", 150, "tokens", "System1", "System2"));
        Assert.Contains("all 300 questions that the method can give", error.Message);
        Assert.Equal("match", error.Location);
        Assert.Contains("'judgements'", pool.Refused(Matched("Random", 15, "tokens", "Difficulty", "System2"), "judgements").Message);
        Assert.Contains("no length without an instruction", pool.Refused(Matched("Random", 15, "tokens", "Random0.4", "System2", 0.5)).Message);
    }

    private static SizedRow[] Sized(TestPool pool, List<string> selected, string mix, double dropout)
    {
        Dictionary<string, ExampleLength> lengths = pool.Lengths.ToDictionary(row => row.QuestionId, StringComparer.Ordinal);
        return [.. Composed(pool, selected, mix, dropout)
            .Select(example =>
                new SizedRow(
                    example.QuestionId,
                    Length(lengths[example.QuestionId], example.Mode == "System2", example.Prompt.StartsWith("Bare:", StringComparison.Ordinal))))];

        static int Length(ExampleLength row, bool thinks, bool bare) =>
            (thinks ? bare ? row.System2Bare : row.System2 : bare ? row.System1Bare : row.System1)!.Value;
    }

    private static List<TrainingExample> Composed(TestPool pool, List<string> selected, string mix, double dropout)
    {
        pool.Selection = selected;
        pool.Run(new ComposeStage(), FormattableString.Invariant($$"""{"mix": "{{mix}}", "seed": "t", "think": "Think: {question}", "direct": "Direct: {question}", "adaptive": "Bare: {question}", "instructionDropout": {{dropout}}}"""));
        return JsonLines.Read<TrainingExample>(Path.Combine(pool.Output, ComposeStage.Output));
    }

    private static int Steps(SizedRow[] rows) => Enumerable.Range(0, 3).Sum(epoch => TrainingBatches.Epoch(rows, 1000, "t", epoch).Count);

    private static string Matched(string method, int size, string by, string mix = "System2", string? withMix = null, double dropout = 0)
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
            ["withMix"] = withMix,
            ["instructionDropout"] = dropout,
        };
        return json.ToJsonString(JsonSerializerOptions.Web);
    }
}
