using NaturalThoughts.Reporting.Findings;

namespace NaturalThoughts.Reporting.Tests.Findings;

public sealed class ReasoningTests
{
    [Theory]
    [InlineData("Answer: 42.", false)]
    [InlineData("<think>\n\n</think>\nAnswer: 42.", false)] // tags alone
    [InlineData("<think>Yes.</think>\nAnswer: the sum of all the numbers that were named above", false)] // a long answer is no reasoning
    [InlineData("<think>\nFirst we add 3 and 4, which is 7. Then 7 times 6 is 42.\n</think>\nAnswer: 42.", true)]
    [InlineData("First we add 3 and 4, which is 7. Then 7 times 6 is 42.\nAnswer: 42.", true)] // without tags
    [InlineData("", false)]
    public void Should_LookAtWhatIsSaid_When_TagsSayOtherwise(string output, bool reasons) => Assert.Equal(reasons, Reasoning.IsIn(output));
}
