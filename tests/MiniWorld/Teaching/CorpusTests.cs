using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Families;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.MiniWorld.Teaching;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Tests.Teaching;

public class CorpusTests
{
    [Fact]
    public void Should_WorkOutEveryLevel_When_Generated()
    {
        List<WorldItem> worked = [.. Items("worked")];
        Assert.Equal(FamilyCatalog.All.Count * 6, worked.Select(item => (item.Family.Name, item.Level)).Distinct().Count());
        Assert.InRange(worked.Count(item => item.Family.HeldOut) / (double)worked.Count, 0.08, 0.12);
        Assert.Equal([0, 4, 10], worked.Select(item => item.Question.Options.Count).Distinct().Order());
        Assert.All(Items("quick"), item => Assert.False(item.Family.HeldOut));
        Assert.Equal(FamilyCatalog.Pool.Count, Items("quick").Select(item => item.Family.Name).Distinct().Count());
        Assert.All(Items("quick"), item => Assert.InRange(item.Level, 1, 2));
        Assert.All(Items(""), item => Assert.False(QuestionSide.IsForBenchmarks(item.Question.Text)));
    }

    /// <summary>What fine-tuning has to teach is not there yet: no example thinks in the way that the evaluation asks for.</summary>
    [Fact]
    public void Should_NeverThink_When_TheEvaluationsPromptsAreUsed()
    {
        foreach (TrainingExample example in WorldRuns.Corpus)
        {
            Assert.DoesNotContain("<think>", example.Response.Replace("<think> </think>", "", StringComparison.Ordinal));
            if (ItemGenerator.FromId(example.QuestionId) is not { } item)
            {
                Assert.StartsWith("drill-", example.QuestionId);
            }
            else if (example.QuestionId.StartsWith("quick-", StringComparison.Ordinal))
            {
                string answer = WorldRuns.Reference(item.Question);
                Assert.Contains((example.Prompt, example.Response), new[]
                {
                    (PromptTemplate.Render(WorldRuns.Think, item.Question), "<think> </think> " + answer),
                    (PromptTemplate.Render(WorldRuns.Direct, item.Question), answer),
                });
            }
            else
            {
                Assert.Equal(PromptTemplate.Render(CorpusWriter.Textbook, item.Question), example.Prompt);
                Assert.EndsWith(" . " + WorldRuns.Reference(item.Question), example.Response);
            }
        }
    }

    [Fact]
    public void Should_DrillTrueFacts_When_Generated()
    {
        int equations = 0;
        foreach (TrainingExample example in WorldRuns.Corpus.Where(example => example.QuestionId.StartsWith("drill-", StringComparison.Ordinal)))
        {
            foreach (Match match in Regex.Matches(example.Response, @"\d+ [-+*/] \d+ = \d+"))
            {
                Assert.True(Equations.Holds(match.Value), match.Value);
                equations++;
            }
        }

        Assert.True(equations > 1000);
    }

    [Fact]
    public void Should_Refuse_When_TheCountIsZero() => Assert.Throws<UserErrorException>(() => WorldRuns.Folder(
        new WorldCorpusStage(), new JsonObject { ["seed"] = 1, ["count"] = 0, ["think"] = WorldRuns.Think, ["direct"] = WorldRuns.Direct }));

    private static IEnumerable<WorldItem> Items(string prefix) => WorldRuns.Corpus
        .Where(example => example.QuestionId.StartsWith(prefix, StringComparison.Ordinal))
        .Select(example => ItemGenerator.FromId(example.QuestionId)).OfType<WorldItem>();
}
