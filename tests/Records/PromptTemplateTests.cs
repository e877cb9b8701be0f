using NaturalThoughts.Contracts;

namespace NaturalThoughts.Records.Tests;

public class PromptTemplateTests
{
    private const string Template = "{question}\n{options}\nThink carefully.";

    private static readonly Question Choice = new("q", "Which {options}?", "B") { Options = ["oak", "{question}", "elm"] };

    [Fact]
    public void Should_LetterTheOptions_When_ThereAreSome() => Assert.Equal(
        "Which {options}?\nA) oak\nB) {question}\nC) elm\nThink carefully.",
        PromptTemplate.Render(Template, Choice));

    [Fact]
    public void Should_DropTheOptionsLine_When_ThereAreNone() =>
        Assert.Equal("Which {options}?\nThink carefully.", PromptTemplate.Render(Template, Choice with { Options = [] }));

    [Fact]
    public void Should_Refuse_When_APlaceholderIsMissing()
    {
        Assert.Contains("{question}", Assert.Throws<UserErrorException>(() => PromptTemplate.Render("Think.", Choice)).Message);
        Assert.Contains("{options}", Assert.Throws<UserErrorException>(() => PromptTemplate.Render("{question}", Choice)).Message);
    }

    [Fact]
    public void Should_ListTheWordsInOneLine_When_TheTemplateAsksForChoices()
    {
        Assert.Equal("Which {options}?\noptions oak , {question} , elm", PromptTemplate.Render("{question}\n{choices}", Choice));
        Assert.Equal("Which {options}?", PromptTemplate.Render("{question}\n{choices}", Choice with { Options = [] }));
    }
}
