using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Families;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.Traces;

namespace NaturalThoughts.MiniWorld.Tests.Generation;

public class CorpusTests
{
    [Fact]
    public void Should_TeachOneStepOfEveryFamily_When_Generated()
    {
        List<WorldItem> items = [.. WorldRuns.Corpus.Select(example => ItemGenerator.FromId(example.QuestionId)).OfType<WorldItem>()];
        List<WorldItem> first = [.. items.Where(item => item.Level == 1)];
        Assert.Equal(FamilyCatalog.All.Count, first.Select(item => item.Family.Name).Distinct().Count());
        Assert.All(items, item => Assert.InRange(item.Level, 1, item.Family.HeldOut ? 1 : 2));
        Assert.True(first.Count > items.Count / 2);
        Assert.Equal([0, 4, 10], first.Select(item => item.Question.Options.Count).Distinct().Order());
        Assert.All(items, item => Assert.False(QuestionSide.IsForBenchmarks(item.Question.Text)));
    }

    [Fact]
    public void Should_FollowTheTemplates_When_Rendered()
    {
        foreach (TrainingExample example in WorldRuns.Corpus)
        {
            if (ItemGenerator.FromId(example.QuestionId) is not { } item)
            {
                Assert.StartsWith("drill-", example.QuestionId);
            }
            else if (example.Mode == "System2")
            {
                Assert.Equal(PromptTemplate.Render(WorldRuns.Think, item.Question), example.Prompt);
                Assert.Matches("^<think> .+ </think> Answer: ", example.Response);
                Assert.EndsWith(WorldRuns.Reference(item.Question), example.Response);
            }
            else
            {
                Assert.Equal(PromptTemplate.Render(WorldRuns.Direct, item.Question), example.Prompt);
                Assert.Equal(WorldRuns.Reference(item.Question), example.Response);
            }
        }

        Assert.Equal(["System1", "System2"], WorldRuns.Corpus.Select(example => example.Mode).Distinct().Order());
    }

    [Fact]
    public void Should_DrillTrueFacts_When_Generated()
    {
        int equations = 0;
        int lookups = 0;
        foreach (TrainingExample example in WorldRuns.Corpus.Where(example => example.QuestionId.StartsWith("drill-", StringComparison.Ordinal)))
        {
            foreach (Match match in Regex.Matches(example.Response, @"\d+ [-+*/] \d+ = \d+"))
            {
                Assert.True(Equations.Holds(match.Value), match.Value);
                equations++;
            }

            foreach (Match match in Regex.Matches(example.Response, @"(\w+) is ([A-J]) \."))
            {
                Assert.Contains($"{match.Groups[1].Value} is {match.Groups[2].Value}", example.Prompt);
                lookups++;
            }
        }

        Assert.True(equations > 1000 && lookups > 500);
    }

    [Fact]
    public void Should_Refuse_When_TheCountIsZero() => Assert.Throws<UserErrorException>(() => WorldRuns.Folder(
        new WorldCorpusStage(), new JsonObject { ["seed"] = 1, ["count"] = 0, ["think"] = WorldRuns.Think, ["direct"] = WorldRuns.Direct }));
}
