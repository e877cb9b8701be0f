using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Code;

namespace NaturalThoughts.Pipeline.Tests.Code;

public sealed class CodeChangeTests
{
    [Theory]
    [InlineData("a b", "a b", "another library holds the stage")]
    [InlineData("a b", "b c", "type a removed, type c added")]
    [InlineData("a b c", "d e", "type a removed, type b removed, type c removed and 2 more")]
    public void Should_NameTheFirstThree_When_TypesDiffer(string before, string after, string text) =>
        Assert.Equal(text, CodeChange.Describe(Library(before), Library(after)));

    private static LibraryIdentity Library(string types) => new()
    {
        Name = "NaturalThoughts.Tiny",
        Types = new(types.Split(' ').ToDictionary(type => "NaturalThoughts.Tiny/" + type, ContentHash.OfText), StringComparer.Ordinal),
        Packages = new(StringComparer.Ordinal),
        References = [],
    };
}
