using System.Text;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Contracts.Tests;

public sealed class TextFilesTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("a\r\nb\n", "a\r\nb\n")]
    [InlineData("\uFEFFa", "\uFEFFa")]
    [InlineData("", "")]
    [InlineData("ä\U0001F600", "ä\U0001F600")]
    public void Should_KeepEveryCharacter_When_TheFileIsUtf8(string text, string expected)
    {
        File.WriteAllBytes(_path, Encoding.UTF8.GetBytes(text));
        Assert.Equal(expected, TextFiles.ReadStrict(_path));
    }

    // The offsets are those of Python's UnicodeDecodeError for bytes.decode("utf-8").
    [Theory]
    [InlineData("61E9", "0xE9 at offset 1")]
    [InlineData("C3A4E282", "0xE2 at offset 2")]
    [InlineData("6161EDA080", "0xED at offset 2")]
    [InlineData("C080", "0xC0 at offset 0")]
    [InlineData("FFFE6100", "UTF-16")]
    [InlineData("FEFF0061", "UTF-16")]
    [InlineData("61006200", "0x00 at offset 1")]
    public void Should_NameFileAndByte_When_ItIsNot(string hex, string named)
    {
        File.WriteAllBytes(_path, Convert.FromHexString(hex));
        UserErrorException error = Assert.Throws<UserErrorException>(() => TextFiles.ReadStrict(_path));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Equal(_path, error.Errors[0].Location);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65_534)]
    [InlineData(65_535)]
    [InlineData(200_001)]
    public void Should_FindTheByte_When_ALongFileIsReadByLines(int before)
    {
        byte[] line = Encoding.UTF8.GetBytes("aä\n");
        File.WriteAllBytes(_path, [.. Enumerable.Range(0, before).Select(i => line[i % line.Length]).Take(before - (before % line.Length)), 0xE9, (byte)'\n']);
        UserErrorException error = Assert.Throws<UserErrorException>(() => TextFiles.Lines(_path).Count());
        Assert.Contains($"0xE9 at offset {before - (before % line.Length)} ", error.Message, StringComparison.Ordinal);
        Assert.Equal(_path, error.Errors[0].Location);
    }

    [Fact]
    public void Should_GiveTheLines_When_LineEndsDiffer()
    {
        File.WriteAllText(_path, "a\r\nb\n\nc");
        Assert.Equal(["a", "b", "", "c"], TextFiles.Lines(_path));
    }
}
