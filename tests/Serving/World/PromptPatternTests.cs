using NaturalThoughts.Serving.World;

namespace NaturalThoughts.Serving.Tests.World;

public sealed class PromptPatternTests
{
    [Fact]
    public void Should_GiveTheValues_When_ATextWasMadeFromIt()
    {
        PromptPattern pattern = new("Compare.\n{question}\nOne: {first}\nTwo: {second}\nReply {\"same\": true}.");
        Dictionary<string, string> values = pattern.Read("Compare.\nWhat?\nA) x\nOne: 1\nmore\nTwo: \nReply {\"same\": true}.")!;
        Assert.Equal(("What?\nA) x", "1\nmore", ""), (values["question"], values["first"], values["second"]));
    }

    [Theory]
    [InlineData("Other: 1 end")]
    [InlineData("Text: 1 end.")]
    [InlineData("Text: 1")]
    [InlineData("")]
    public void Should_GiveNothing_When_ATextWasNot(string text) => Assert.Null(new PromptPattern("Text: {first} end").Read(text));
}
