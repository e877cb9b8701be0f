using System.Text.Json.Nodes;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Tests.Reading;

public sealed class RowPathTests
{
    private static readonly JsonObject Row = (JsonObject)JsonNode.Parse(
        """{"question": "q", "Correct Answer": "c", "doc": {"question": "d", "a.b": 1}, "responses": [{"response": "r0"}, {"response": "r1"}], "grid": [[1, 2], [3]], "none": null}""")!;

    [Theory]
    [InlineData("question", "\"q\"")]
    [InlineData("Correct Answer", "\"c\"")]
    [InlineData("doc.question", "\"d\"")]
    [InlineData("doc.\"a.b\"", "1")]
    [InlineData("responses[0].response", "\"r0\"")]
    [InlineData("responses[-1].response", "\"r1\"")]
    [InlineData("grid[0][1]", "2")]
    [InlineData("grid[2]", null)]
    [InlineData("grid[-3]", null)]
    [InlineData("question.text", null)]
    [InlineData("none.text", null)]
    [InlineData("Question", null)]
    public void Should_FindTheValue_When_ThePathLeadsThere(string path, string? value) => Assert.Equal(value, RowPath.Parse(path).Find(Row)?.ToJsonString());

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("[0]")]
    [InlineData("a.")]
    [InlineData("a..b")]
    [InlineData("a[x]")]
    [InlineData("a[0")]
    [InlineData("a[0]b")]
    [InlineData("\"a")]
    public void Should_Refuse_When_ThePathIsNone(string path) => Assert.Throws<FormatException>(() => RowPath.Parse(path));

    [Fact]
    public void Should_KnowRootAndMark_When_TheValueMayBeMissing()
    {
        RowPath path = RowPath.Parse("doc.\"what?\"?");
        Assert.Equal(("doc", true), (path.Root, path.IsOptional));
        Assert.False(RowPath.Parse("doc").IsOptional);
    }

    [Fact]
    public void Should_OrderByValue_When_NamesHaveNumbers() => Assert.Equal(
        ["a", "output-rs0.jsonl", "output-rs02.jsonl", "output-rs2.jsonl", "output-rs10.jsonl", "output-rsx"],
        new[] { "output-rs10.jsonl", "output-rsx", "output-rs02.jsonl", "a", "output-rs2.jsonl", "output-rs0.jsonl" }.Order(NaturalOrder.Instance));
}
