using System.Text;
using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Tests.Reading;

public sealed class RowReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_NumberLines_When_JsonLinesHaveEmptyOnesAndAMark()
    {
        SourceFile file = _folder.Write("a.jsonl", "\uFEFF{\"b\": 1, \"a\": \"é\"}\r\n\n  \n{\"a\": [1, null]}");
        Assert.Equal(["a.jsonl:1 {\"b\":1,\"a\":\"é\"}", "a.jsonl:4 {\"a\":[1,null]}"], Shown(RowFormats.Jsonl, file));
    }

    [Fact]
    public void Should_ReadTheSameRows_When_JsonLinesAreCompressed()
    {
        string text = string.Concat(Enumerable.Range(0, 3000).Select(i => $"{{\"id\": {i}, \"text\": \"{new string('x', i % 97)}\"}}\n"));
        string[] plain = [.. Shown(RowFormats.Jsonl, _folder.Write("a", text))];
        Assert.Equal(3000, plain.Length);
        Assert.Equal(plain, Shown(RowFormats.Jsonl, _folder.Write("a", TempFolder.Gzip(Encoding.UTF8.GetBytes(text)))));
        Assert.Equal(plain.Select(row => row.Replace("a:", "a/in.jsonl:")), Shown(RowFormats.Jsonl, _folder.Zip("a", ("in.jsonl", text))));
    }

    [Fact]
    public void Should_ReadItemByItem_When_TheFileIsOneArray()
    {
        SourceFile file = _folder.Write("a.json", " \n[{\"a\": 1},\n {\"a\": {\"b\": [true]}}]\n");
        Assert.Equal(["a.json, row 1 {\"a\":1}", "a.json, row 2 {\"a\":{\"b\":[true]}}"], Shown(RowFormats.Json, file));
        Assert.Equal(["a.json, row 1 {\"a\":1}"], Shown(RowFormats.Json, _folder.Write("a.json", "{\"a\": 1}")));
    }

    [Fact]
    public void Should_TakeNamedEntries_When_AZipHoldsMore()
    {
        SourceFile file = _folder.Zip(
            "log.eval", ("samples/10_epoch_1.json", "{\"id\": 10}"), ("samples/9_epoch_1.json", "{\"id\": 9}"), ("header.json", "{\"eval\": {}}"));
        Assert.Equal(
            ["log.eval/samples/9_epoch_1.json, row 1 {\"id\":9}", "log.eval/samples/10_epoch_1.json, row 1 {\"id\":10}"],
            Shown(RowFormats.Json, file, new RowRequest { Entries = ["samples/*.json"] }));
        UserErrorException error = Assert.Throws<UserErrorException>(() =>
            Shown(RowFormats.Json, file, new RowRequest { Entries = ["headers.json"] }).ToList());
        Assert.Contains("Did you mean 'header.json'?", error.Message);
    }

    [Fact]
    public void Should_KeepCellsAsTheyAre_When_CsvHasQuotesAndLineBreaks()
    {
        SourceFile file = _folder.Write("a.csv", "Question,High-level domain\r\n\"a \"\"b\"\", c\nd\",Physics\r\n , \r\n");
        SourceRow[] rows = [.. Read(RowFormats.Csv, file)];
        Assert.Equal("a \"b\", c\nd", (string?)rows[0].Fields["Question"]);
        Assert.Equal([("a.csv:2", "Physics"), ("a.csv:4", " ")], rows.Select(row => (row.Place.ToString(), (string)row.Fields["High-level domain"]!)));
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "3")]
    [InlineData("a,b\n1,2\n3,4,5\n", "3")]
    [InlineData("a,b\n1,2\n\"3,4\n", "3")]
    [InlineData("a,b\n1,2\n3,\"4\"x\n", "3")]
    public void Should_NameTheLine_When_CsvIsNone(string text, string line) =>
        Assert.Equal($"a.csv:{line}", Location(() => Read(RowFormats.Csv, _folder.Write("a.csv", text)).ToList()));

    [Fact]
    public void Should_NameTheColumn_When_ACsvHasItTwice() =>
        Assert.Contains(
            "'a' appears twice", Assert.Throws<UserErrorException>(() => Read(RowFormats.Csv, _folder.Write("a.csv", "a,b,a\n1,2,3\n")).ToList()).Message);

    [Fact]
    public void Should_GoOnBehindADamagedRow_When_LinesAreTheirOwn()
    {
        byte[] bytes = [.. "{\"a\": \""u8, 0xC3, 0x28, .. "\"}\n{\"a\": 1, \"a\": 2}\n[1]\n{\"a\": nope}\n{\"a\": 5}\n"u8];
        SourceRow[] rows = [.. Read(RowFormats.Jsonl, _folder.Write("a.jsonl", bytes))];
        Assert.Equal([true, true, true, true, false], rows.Select(row => row.Damage is not null));
        Assert.Equal("The bytes are not UTF-8.", rows[0].Damage);
        Assert.DoesNotContain("nope", rows[3].Damage);
    }

    [Fact]
    public void Should_MarkRows_When_CellsAreNotUtf8()
    {
        SourceRow[] rows = [.. Read(RowFormats.Csv, _folder.Write("a.csv", [.. "a\nx\n"u8, 0xFF, .. "\ny\n"u8]))];
        Assert.Equal([false, true, false], rows.Select(row => row.Damage is not null));
        SourceRow[] items = [.. Read(RowFormats.Json, _folder.Write("a.json", [.. "[{\"a\":\"x\"},{\"a\":\""u8, 0xE9, .. "\"}]"u8]))];
        Assert.Equal("The bytes are not UTF-8.", items[1].Damage);
    }

    [Theory]
    [InlineData("[{\"a\": 1}, {\"a\": 2")]
    [InlineData("[{\"a\": 1}, {\"a\" 2}]")]
    [InlineData("[{\"a\": 1}, ")]
    public void Should_NameTheRow_When_AnArrayIsCutOff(string text) =>
        Assert.StartsWith("a.json, row ", Location(() => Read(RowFormats.Json, _folder.Write("a.json", text)).ToList()));

    [Theory]
    [InlineData(RowFormats.Jsonl)]
    [InlineData(RowFormats.Json)]
    [InlineData(RowFormats.Csv)]
    public void Should_SayThatTheFileIsDamaged_When_ADownloadStoppedHalfway(string format)
    {
        // Text that does not compress away, so that half of the file is half of the rows.
        SeededRandom random = SeededRandom.From("halfway");
        string Row(int i) => $"{{\"id\": {i}, \"text\": \"{random.NextUInt64()}{random.NextUInt64()}\"}}";
        string[] rows = [.. Enumerable.Range(0, 4000).Select(Row)];
        string text = format switch
        {
            RowFormats.Json => "[" + string.Join(",\n", rows) + "]",
            RowFormats.Csv => "id,text\n" + string.Join("\n", rows.Select((_, i) => $"{i},{random.NextUInt64()}{random.NextUInt64()}")),
            _ => string.Join("\n", rows),
        };
        byte[] gzip = TempFolder.Gzip(Encoding.UTF8.GetBytes(text));
        SourceFile zip = _folder.Zip("whole.zip", ("in", text));
        byte[] zipped = File.ReadAllBytes(zip.Path);
        foreach (byte[] half in new[] { gzip[..(gzip.Length / 2)], zipped[..(zipped.Length / 2)] })
        {
            UserErrorException error = Assert.Throws<UserErrorException>(() => Read(format, _folder.Write("half", half)).ToList());
            Assert.Contains("half", error.Errors[0].Location);
            Assert.Contains("get it again", error.Errors[0].Hint);
        }
    }

    [Fact]
    public void Should_SayWhatTheFileIs_When_ItHasAnotherFormat()
    {
        Assert.Contains(
            "UTF-16",
            Assert.Throws<UserErrorException>(() =>
                Read(RowFormats.Jsonl, _folder.Write("a", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("{}")).ToArray())).ToList()).Message);
        Assert.Contains(
            "format: parquet",
            Assert.Throws<UserErrorException>(() =>
                Read(RowFormats.Csv, _folder.Write("a", File.ReadAllBytes(TempFolder.Fixture("nested.parquet")))).ToList()).Message);
        Assert.Contains(
            "format: json'", Assert.Throws<UserErrorException>(() => Read(RowFormats.Jsonl, _folder.Write("a", "[\n{\"a\": 1}\n]")).ToList()).Message);
        Assert.Contains(
            "format: jsonl'", Assert.Throws<UserErrorException>(() => Read(RowFormats.Json, _folder.Write("a", "{\"a\": 1}\n{\"a\": 2}")).ToList()).Message);
        Assert.Contains("error page", Assert.Throws<UserErrorException>(() => Read(RowFormats.Json, _folder.Write("a", "<html>404</html>")).ToList()).Message);
    }

    [Fact]
    public void Should_SayThatItIsEncrypted_When_AZipHasAPassword()
    {
        // The flag of an encrypted entry, bit 0 of the general purpose flags, in the local header and in the directory.
        SourceFile file = _folder.Zip("a.zip", ("a.jsonl", "{}"));
        byte[] bytes = File.ReadAllBytes(file.Path);
        int directory = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8);
        bytes[6] |= 1;
        bytes[directory + 8] |= 1;
        Assert.Contains("encrypted", Assert.Throws<UserErrorException>(() => Read(RowFormats.Jsonl, _folder.Write("b.zip", bytes)).ToList()).Message);
    }

    private static IEnumerable<SourceRow> Read(string format, SourceFile file, RowRequest? request = null) =>
        RowFormats.Reader(format).Read(file, request ?? RowRequest.All);

    private static IEnumerable<string> Shown(string format, SourceFile file, RowRequest? request = null) =>
        Read(format, file, request).Select(row => $"{row.Place} {CanonicalOrder(row)}");

    // In the order of the file: CanonicalJson would sort the fields.
    private static string CanonicalOrder(SourceRow row) =>
        row.Fields.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static string? Location(Action action) => Assert.Throws<UserErrorException>(action).Errors[0].Location;
}
