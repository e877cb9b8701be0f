using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Contracts.Tests;

public sealed class ContentHashTests
{
    [Fact]
    public void Should_BeTheStandardDigest_When_TextIsHashed() =>
        // FIPS 180-2, appendix B.1: SHA-256 of "abc".
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ContentHash.OfText("abc").Hex);

    [Theory]
    [InlineData("")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("../7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void Should_Refuse_When_TextIsNoDigest(string text)
    {
        Assert.False(ContentHash.TryParse(text, out _));
        Assert.Throws<FormatException>(() => ContentHash.Parse(text));
    }

    [Fact]
    public void Should_AgreeWithBytes_When_FileIsHashed()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "abc");
        Assert.Equal(ContentHash.OfText("abc"), ContentHash.OfFile(path));
        File.Delete(path);
    }
}

public sealed class CanonicalJsonTests
{
    [Fact]
    public void Should_NotDependOnOrder_When_MembersArePermuted()
    {
        JsonNode a = JsonNode.Parse("""{"b":1,"a":{"d":[1,2],"c":0.5}}""")!;
        JsonNode b = JsonNode.Parse("""{"a":{"c":0.5,"d":[1,2]},"b":1}""")!;
        Assert.Equal("""{"a":{"c":0.5,"d":[1,2]},"b":1}""", CanonicalJson.Write(a));
        Assert.Equal(CanonicalJson.Hash(a), CanonicalJson.Hash(b));
        Assert.NotEqual(CanonicalJson.Hash(a), CanonicalJson.Hash(JsonNode.Parse("""{"a":{"c":0.5,"d":[2,1]},"b":1}""")));
    }

    [Fact]
    public void Should_EndWithLineFeed_When_Indented() =>
        Assert.Equal("{\n  \"a\": \"ä\"\n}\n", CanonicalJson.WriteIndented(JsonNode.Parse("""{"a":"ä"}""")));
}

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("Tabel1", "Table1")]
    [InlineData("random", "Random")]
    [InlineData("zzzzzz", null)]
    public void Should_FindTheNearest_When_NameIsMisspelt(string name, string? expected) =>
        Assert.Equal(expected, NearestName.Find(name, ["Table1", "Random", "Verify"]));

    [Fact]
    public void Should_ListAll_When_NoneIsNear() => Assert.Equal("Known: Random, Table1.", NearestName.Hint("zzzzzz", ["Table1", "Random"]));
}

public sealed class StageContextTests
{
    private sealed record Options(int Size, string Method);

    private static StageContext With(string json) => new()
    {
        Parameters = JsonNode.Parse(json)!.AsObject(),
        Inputs = new Dictionary<string, string> { ["questions"] = "q.jsonl" },
        OutputFolder = "out",
    };

    [Fact]
    public void Should_ReadTypedOptions_When_NamesAreCamelCase() =>
        Assert.Equal(new Options(3, "Random"), With("""{"size":3,"method":"Random"}""").Options<Options>());

    [Theory]
    [InlineData("""{"size":3,"method":"Random","sise":4}""")]
    [InlineData("""{"size":"3","method":"Random"}""")]
    public void Should_Refuse_When_ParametersDoNotFit(string json) =>
        Assert.ThrowsAny<Exception>(() => With(json).Options<Options>());

    [Fact]
    public void Should_NameTheRole_When_InputIsNotBound()
    {
        Assert.Equal("q.jsonl", With("{}").Input("questions"));
        Assert.False(With("{}").HasInput("traces"));
        Assert.Contains("traces", Assert.Throws<InvalidOperationException>(() => With("{}").Input("traces")).Message, StringComparison.Ordinal);
    }
}

public sealed class UserErrorTests
{
    [Fact]
    public void Should_SayWhatWhereAndWhatToDo_When_Shown()
    {
        UserErrorException error = new("The size is -1.", "mini.yaml:3:7", "Give a positive number.");
        Assert.Equal("mini.yaml:3:7: The size is -1. Give a positive number.", error.Message);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }
}
