using System.Text.Json.Nodes;
using NaturalThoughts.Answers.Extraction;

namespace NaturalThoughts.Answers.Tests.Extraction;

public class ThinkingTests
{
    [Theory]
    [InlineData("7", ThinkingState.None)]
    [InlineData("<think>3 + 4</think>7", ThinkingState.Closed)]
    [InlineData("<THINK>3 + 4</Think>7", ThinkingState.Closed)]
    [InlineData("<think>\n \n</think>7", ThinkingState.Empty)]
    [InlineData("<think></think><think>3</think>7", ThinkingState.Closed)]
    [InlineData("3 + 4</think>7", ThinkingState.MissingOpen)]
    [InlineData("<think>3 + ", ThinkingState.Unclosed)]
    [InlineData("<think>3</think>7<think>", ThinkingState.Unclosed)]
    public void Should_TellWhatBecameOfTheThinking_When_Asked(string output, ThinkingState state) => Assert.Equal(state, Thinking.State(output));

    [Fact]
    public void Should_AgreeOnTheState_When_ComparedWithTheGoldens()
    {
        foreach (JsonNode row in Golden.Rows("extraction_options.jsonl"))
        {
            string state = row.Text("state").Replace("_", "", StringComparison.Ordinal);
            Assert.Equal(Enum.Parse<ThinkingState>(state, ignoreCase: true), Thinking.State(row.Text("response")));
        }
    }

    [Theory]
    [InlineData("<think>Answer: B</think>", true)]
    [InlineData("<think>Answer: B", true)]
    [InlineData("Answer: B</think>That settles it.", true)]
    [InlineData("<think>Answer: A</think>Answer: B", false)]
    [InlineData("<think>hm</think>I hope this helps!", false)]
    [InlineData("Answer: B", false)]
    public void Should_TellWhereTheAnswerIs_When_ItIsInTheThinkingAlone(string output, bool inside) =>
        Assert.Equal(inside, Thinking.HoldsTheOnlyAnswer(output, ["red", "green"]));
}
