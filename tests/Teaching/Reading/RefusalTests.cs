using NaturalThoughts.Teaching.Reading;

namespace NaturalThoughts.Teaching.Tests.Reading;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("I'm sorry, but I can't assist with that request.")]
    [InlineData("I\u2019m sorry, I cannot help with that.")]
    [InlineData("I cannot provide instructions for this.")]
    [InlineData("Sorry, but I am not able to answer this question.")]
    [InlineData("I apologize, but as an AI language model, I cannot engage with this.")]
    [InlineData("Unfortunately, I won't be able to help")]
    [InlineData("I must decline to answer.")]
    [InlineData("I'm unable to help with that.")]
    [InlineData("\u5f88\u62b1\u6b49\uff0c\u6211\u65e0\u6cd5\u56de\u7b54\u8fd9\u4e2a\u95ee\u9898\u3002")]
    public void Should_SeeARefusal_When_TheModelDeclines(string answer) => Assert.True(Refusal.Is(answer));

    [Theory]
    [InlineData("Answer: 42")]
    [InlineData("I cannot determine x from this; the answer is: not enough information.")]
    [InlineData("I can't see a faster way, but 3 + 4 = 7. Answer: 7")]
    [InlineData("The bank cannot help with that, so he pays 12. Answer: 12")]
    [InlineData("Sorry for the long way. Answer: 3")]
    public void Should_SeeNone_When_TheModelAnswers(string answer) => Assert.False(Refusal.Is(answer));
}
