using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Records.Tests;

public sealed class JsonLinesTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Should_RoundTrip_When_RecordsAreWritten()
    {
        Question question = new("q-1", "what is 1 + 1 ?", "B") { Options = ["1", "2"], Meta = { ["level"] = "1" } };
        JsonLines.Write(_path, [question]);
        Assert.Equal("""{"id":"q-1","text":"what is 1 + 1 ?","reference":"B","options":["1","2"],"meta":{"level":"1"}}""" + "\n", File.ReadAllText(_path));
        Question read = Assert.Single(JsonLines.Read<Question>(_path));
        Assert.Equal(question.Options, read.Options);
        Assert.Equal(question.Meta, read.Meta);
    }

    [Fact]
    public void Should_NameFileAndLine_When_ALineIsBroken()
    {
        File.WriteAllText(_path, "{\"questionId\":\"a\",\"agree\":true}\n{\"questionId\":\"b\"}\n");
        UserErrorException error = Assert.Throws<UserErrorException>(() => JsonLines.Read<Judgement>(_path));
        Assert.Equal($"{_path}:2", Assert.Single(error.Errors).Location);
    }

    [Fact]
    public void Should_NameFileAndByte_When_AFileIsNotUtf8()
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes("{\"questionId\":\"a\",\"agree\":true}\n{\"questionId\":\"b?\",\"agree\":true}\n");
        int at = Array.IndexOf(text, (byte)'?');
        text[at] = 0xE9;
        File.WriteAllBytes(_path, text);
        UserError error = Assert.Single(Assert.Throws<UserErrorException>(() => JsonLines.Read<Judgement>(_path)).Errors);
        Assert.Equal(_path, error.Location);
        Assert.Contains($"0xE9 at offset {at} ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_StayShort_When_ALineIsHuge()
    {
        File.WriteAllText(_path, "{\"questionId\":\"a\",\"agree\":\"" + new string('x', 5_000_000) + "\"}\n{\"" + new string('y', 5_000_000));
        Assert.InRange(Assert.Throws<UserErrorException>(() => JsonLines.Read<Judgement>(_path)).Message.Length, 10, 5_000);
    }

    [Fact]
    public void Should_KeepEveryBit_When_VectorsAreWritten()
    {
        float[] vector = [0.1f, -1e-30f, float.MaxValue, 1f / 3];
        JsonLines.Write(_path, [new Embedding("q", vector)]);
        Assert.Equal(vector, JsonLines.Read<Embedding>(_path)[0].Vector);
    }
}
