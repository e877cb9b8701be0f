using NaturalThoughts.Pipeline.Rechecking;

namespace NaturalThoughts.Pipeline.Tests.Rechecking;

public sealed class FileDifferenceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nt difference ");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("a.jsonl", "{\"a\":1}\n{\"a\":[1,{\"b\":2}]}\n", "{\"a\":1}\n{\"a\":[1,{\"b\":3}]}\n", "row 2, field a[1].b", "2", "3")]
    [InlineData("a.jsonl", "{\"a\":1}\n", "{\"a\":1,\"z\":null,\"y\":\"t\"}\n", "row 1, field y", "", "\"t\"")]
    [InlineData("a.jsonl", "{\"a\":1}\n{\"a\":2}\n", "{\"a\":1}\n", "row 2", "{\"a\":2}", "")]
    [InlineData("a.jsonl", "{\"a\":1}\n", "{\"a\":1\n", "row 1", "{\"a\":1}", "{\"a\":1")]
    [InlineData("a.jsonl", "{\"a\":1}\n", "{\"a\": 1}\n", "row 1", "{\"a\":1}", "{\"a\": 1}")]
    [InlineData("a.json", "{\n \"x\": {\"y\": true}\n}", "{\n \"x\": {\"y\": false}\n}", "field x.y", "true", "false")]
    [InlineData("a.json", "{}", "{} ", "byte 2", "", "20")]
    [InlineData("a.csv", "step,loss\n1,0.5\n2,0.25\n", "step,loss\n1,0.5\n2,0.26\n", "row 3, field loss", "0.25", "0.26")]
    [InlineData("a.csv", "step,loss\n1,0.5\n", "step,loss\n1,0.5,7\n", "row 2", "1,0.5", "1,0.5,7")]
    [InlineData("a.md", "one\ntwo\n", "one\nthree\n", "row 2", "two", "three")]
    [InlineData("outcomes", "1\n0\n", "1\n1\n", "row 2", "0", "1")]
    [InlineData("a.bin", "abcd", "abxd", "byte 2", "6364", "7864")]
    [InlineData("a.bin", "ab", "abc", "byte 2", "", "63")]
    public void Should_SayWhatTheFirstDifferingByteMeans_When_FilesDiffer(string name, string old, string now, string place, string before, string after) =>
        Assert.Equal(new OutputDifference(name, place, before, after), FileDifference.Find(name, Written("old", old), Written("new", now)));

    [Fact]
    public void Should_SayNothing_When_FilesAreTheSame()
    {
        Assert.Null(FileDifference.Find("a.bin", Written("old", "same"), Written("new", "same")));
        Assert.Null(FileDifference.Find("a.bin", Written("old", ""), Written("new", "")));
    }

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public void Should_FindTheByte_When_ItLiesBehindTheFirstBlock(int at)
    {
        byte[] bytes = new byte[300_000];
        File.WriteAllBytes(PathOf("old"), bytes);
        bytes[at] = 1;
        File.WriteAllBytes(PathOf("new"), bytes);
        Assert.Equal(at, FileDifference.FirstByte(PathOf("old"), PathOf("new")));
        File.WriteAllBytes(PathOf("new"), new byte[at]);
        Assert.Equal(at, FileDifference.FirstByte(PathOf("old"), PathOf("new")));
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private string Written(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }
}
