using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Families;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Tests.Generation;

public class PoolTests
{
    [Fact]
    public void Should_HoldTwentyThousandDifferentTexts_When_Generated()
    {
        Assert.Equal(WorldRuns.PoolSize, WorldRuns.Pool.Count);
        Assert.Equal(WorldRuns.PoolSize, WorldRuns.Pool.Select(question => QuestionSide.Normalise(question.Text)).Distinct().Count());
        Assert.Equal(WorldRuns.PoolSize, WorldRuns.Pool.Select(question => question.Id).Distinct().Count());
    }

    [Fact]
    public void Should_BeTheSameBytes_When_TheSeedIsTheSame()
    {
        string Bytes(JsonNode seed) =>
            File.ReadAllText(
                Path.Combine(WorldRuns.Folder(new WorldPoolStage(), new JsonObject { ["seed"] = seed, ["count"] = 300 }).Folder, "questions.jsonl"));
        Assert.Equal(Bytes(5), Bytes("5"));
        Assert.NotEqual(Bytes(5), Bytes(6));
    }

    [Fact]
    public void Should_BeginWithTheSmallerPool_When_TheCountGrows()
    {
        List<Question> small = WorldRuns.Rows<Question>(new WorldPoolStage(), "questions.jsonl", new JsonObject { ["seed"] = 7, ["count"] = 200 }).Rows;
        Assert.Equal(small.Select(question => question.Id + question.Text), WorldRuns.Pool.Take(200).Select(question => question.Id + question.Text));
    }

    [Fact]
    public void Should_FindTheQuestionAgain_When_OnlyItsIdIsKnown()
    {
        foreach (Question question in WorldRuns.Pool.Where((_, i) => i % 97 == 0))
        {
            Question again = ItemGenerator.FromId(question.Id)!.Question;
            Assert.Equal((question.Text, question.Reference), (again.Text, again.Reference));
            Assert.Equal(question.Options, again.Options);
        }

        Assert.Null(ItemGenerator.FromId("nothing-7-1"));
        Assert.Null(ItemGenerator.FromId("p-7"));
    }

    [Fact]
    public void Should_ReadTheSeedWhole_When_ItHasDashes() =>
        Assert.Equal("p-a-b-3", ItemGenerator.FromId("p-a-b-3")!.Question.Id);

    [Fact]
    public void Should_NameTheRightOptionOnce_When_ThereAreOptions()
    {
        foreach (Question question in WorldRuns.Pool.Where(question => question.Options.Count > 0))
        {
            WorldItem item = ItemGenerator.FromId(question.Id)!;
            Assert.Equal(question.Options.Count, question.Options.Distinct().Count());
            Assert.Equal(item.Problem.Show(item.Problem.Answer), question.Options[question.Reference[0] - 'A']);
        }
    }

    [Fact]
    public void Should_MixForms_When_Counted()
    {
        int choice = WorldRuns.Pool.Count(question => question.Options.Count > 0);
        int ten = WorldRuns.Pool.Count(question => question.Options.Count == 10);
        Assert.InRange(choice, 0.43 * WorldRuns.PoolSize, 0.47 * WorldRuns.PoolSize);
        Assert.InRange(ten, 0.06 * WorldRuns.PoolSize, 0.10 * WorldRuns.PoolSize);
        foreach (IGrouping<string, Question> letter in WorldRuns.Pool.Where(question => question.Options.Count == 4).GroupBy(question => question.Reference))
        {
            Assert.InRange(letter.Count(), 0.23 * (choice - ten), 0.27 * (choice - ten));
        }
    }

    [Fact]
    public void Should_BeSkewed_When_DomainsAndLevelsAreCounted()
    {
        List<int> domains = [.. WorldRuns.Pool.GroupBy(question => question.Meta["domain"]).Select(group => group.Count()).OrderDescending()];
        List<int> levels = [.. WorldRuns.Pool.GroupBy(WorldRuns.Level).OrderBy(group => group.Key).Select(group => group.Count())];
        Assert.Equal(11, domains.Count);
        Assert.True(domains[0] > 8 * domains[^1] && domains[^1] > 400);
        Assert.Equal(6, levels.Count);
        Assert.True(levels[0] > 1.7 * levels[5]);
        Assert.Equal(levels.OrderDescending(), levels);
        Assert.DoesNotContain(WorldRuns.Pool, question => FamilyCatalog.HeldOut.Any(family => family.Name == question.Meta["family"]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Should_Refuse_When_TheCountIsNotPositive(int count) =>
        Assert.Throws<UserErrorException>(() => WorldRuns.Folder(new WorldPoolStage(), new JsonObject { ["seed"] = 1, ["count"] = count }));
}
