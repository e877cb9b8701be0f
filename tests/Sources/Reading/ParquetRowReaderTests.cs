using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Tests.Reading;

public sealed class ParquetRowReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_KeepNullsWhereTheyStand_When_ColumnsAreNested()
    {
        JsonObject[] rows = [.. Read("nested.parquet").Select(row => row.Fields)];
        Assert.Equal(
            ["[\"0\",\"1\",\"2\"]", "[\"10\",null,\"2\"]", "[]", "null", "[\"4\",\"5\",\"6\"]"], rows.Select(row => row["options"]?.ToJsonString() ?? "null"));
        Assert.Equal(["What is 3 + 1?", null], rows.TakeLast(2).Select(row => (string?)row["question"]));
        Assert.Equal("{\"query\":\"Q3\",\"deep\":{\"half\":1.5,\"even\":false,\"list\":[3,9]}}", rows[3]["doc"]!.ToJsonString());
        Assert.Equal("[{\"model\":\"m\",\"response\":\"r1\"},{\"model\":\"n\",\"response\":null}]", rows[1]["responses"]!.ToJsonString());
        Assert.Equal("[{\"key\":\"k\",\"value\":\"v2\"}]", rows[2]["tags"]!.ToJsonString());
        Assert.Equal("[[\"p4\",\"q\"],[],[\"r\"]]", rows[4]["grid"]!.ToJsonString());
        Assert.Equal("2026-01-02T00:00:00.0000000Z", (string?)rows[0]["day"]);
        Assert.Equal("1.25", rows[0]["price"]!.ToJsonString());
        Assert.Equal([100L, 101, 102, 103, 104], rows.Select(row => (long)row["question_id"]!));
    }

    [Fact]
    public void Should_CountRowsOn_When_TheFileHasRowGroups()
    {
        SourceRow[] rows = [.. Read("groups.parquet")];
        Assert.Equal(5000, rows.Length);
        Assert.All(rows, row => Assert.Equal(row.Place.Number - 1, (long)row.Fields["id"]!));
        Assert.Equal("question 4999", (string?)rows[^1].Fields["question"]);
        Assert.Equal("groups.parquet, row 5000", rows[^1].Place.ToString());
    }

    [Fact]
    public void Should_ReadTheColumnsAskedFor_When_TheFileHasMore()
    {
        SourceRow row = Read("nested.parquet", "doc", "question").First();
        Assert.Equal(["doc", "question"], row.Fields.Select(field => field.Key).Order());
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void Should_SayThatTheFileIsCutOff_When_ADownloadStopped(double share)
    {
        byte[] whole = File.ReadAllBytes(TempFolder.Fixture("groups.parquet"));
        SourceFile file = _folder.Write("part.parquet", whole[..(int)(whole.Length * share)]);
        UserErrorException error = Assert.Throws<UserErrorException>(() => RowFormats.Reader(RowFormats.Parquet).Read(file, RowRequest.All).Count());
        Assert.Equal("part.parquet", error.Errors[0].Location);
        Assert.Contains("get it again", error.Errors[0].Hint);
    }

    [Fact]
    public void Should_FailWithAMessage_When_BytesInTheMiddleAreWrong()
    {
        byte[] bytes = File.ReadAllBytes(TempFolder.Fixture("groups.parquet"));
        int readable = 0;
        for (int at = 8; at < bytes.Length - 8; at += 97)
        {
            byte[] damaged = [.. bytes];
            damaged[at] ^= 0x5A;
            SourceFile file = _folder.Write("damaged.parquet", damaged);
            try
            {
                RowFormats.Reader(RowFormats.Parquet).Read(file, RowRequest.All).Count();
                readable++; // a byte of a text: only the digest tells
            }
            catch (UserErrorException error)
            {
                Assert.StartsWith("damaged.parquet", error.Errors[0].Location);
            }
        }

        Assert.True(readable < bytes.Length / 97, "no damage was noticed at all");
    }

    private static IEnumerable<SourceRow> Read(string fixture, params string[] fields)
    {
        string path = TempFolder.Fixture(fixture);
        SourceFile file = new(path, fixture, ContentHash.OfFile(path));
        return RowFormats.Reader(RowFormats.Parquet).Read(file, fields.Length == 0 ? RowRequest.All : new RowRequest { Fields = fields.ToHashSet() });
    }
}
