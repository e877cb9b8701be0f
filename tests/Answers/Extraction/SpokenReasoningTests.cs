using NaturalThoughts.Answers.Extraction;

namespace NaturalThoughts.Answers.Tests.Extraction;

public class SpokenReasoningTests
{
    [Theory]
    [InlineData("<think> that helps . 4 units : 4 * 6 = 24 . so the answer is 24 . </think> Answer: 24")]
    [InlineData(" step by step . over : 47 - 40 = 3 . so the answer is 21 . </think> Answer: 21")]
    [InlineData(" given : pia pays . 5 * 5 = 30 . Answer: 30")]
    [InlineData("17 - 5 = 12 . Answer: 12")]
    [InlineData("First, 3 times 4 is 12.\n\nAnswer: C")]
    [InlineData("<think>\nthe bridge is long and")]
    [InlineData("black 1 . white 2 . green 3 and so on , and on , and on")]
    [InlineData("Since three times four is twelve, the correct answer is C")]
    [InlineData("The sum of 3 and 4 is 7, so $\\boxed{7}$")]
    public void Should_Reason_When_SomethingIsSaidBeforeTheAnswer(string output) => Assert.True(SpokenReasoning.IsIn(output));

    [Theory]
    [InlineData("")]
    [InlineData("Answer: 4")]
    [InlineData("<think> </think> Answer: 4")]
    [InlineData("<think></think>\n\nAnswer: the town of green hills and many rivers")]
    [InlineData("Therefore, the correct answer is B.")]
    [InlineData("The answer is B. Answer: B")]
    [InlineData("**Final Answer**\n\\boxed{12}")]
    [InlineData("B")]
    [InlineData("New York City")]
    [InlineData("12 km .")]
    [InlineData("Answer: B\nBecause all of the other towns lie in the far north of the land.")]
    public void Should_NotReason_When_TheAnswerStandsAlone(string output) => Assert.False(SpokenReasoning.IsIn(output));

    [Fact]
    public void Should_BeQuick_When_AnOutputIsLongAndRepeatsItself()
    {
        Assert.True(SpokenReasoning.IsIn("<think> " + string.Concat(Enumerable.Repeat("the answer is 3 . but no . ", 20_000))));
        Assert.False(SpokenReasoning.IsIn(new string(' ', 200_000)));
    }
}
