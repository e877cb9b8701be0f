using System.Text.Json;
using DuckDB.NET.Data;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Exporting;

namespace NaturalThoughts.Sources.Tests.Exporting;

public sealed class DatasetFolderTests : IDisposable
{
    private static readonly DatasetFacts Facts = new("set-1", "cc-by-4.0", [("rows", "3")], [("cell", "`A|B`")]);
    private readonly string _folder = Directory.CreateTempSubdirectory("dataset-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Should_HoldTheRowsToTheLetter_When_DuckDbReadsTheParquet()
    {
        DatasetRow[] rows = [Row(0), Row(1), Row(2)];
        await WriteAsync(rows);
        List<string[]> read = Query($"""
            select question_id, mode, domain, array_to_string(topics, ';'), len(topics), array_to_string(strategies, ';'), verbosity, trace_tokens,
                   messages[1].role, messages[1].content, messages[2].role, messages[2].content, len(messages)
            from '{PathOf(DatasetFolder.Parquet)}'
            """);
        Assert.Equal(
            rows.Select(row => new[]
            {
                row.QuestionId, row.Mode, row.Domain, string.Join(';', row.Topics), $"{row.Topics.Count}", string.Join(';', row.Strategies), $"{row.Verbosity}",
                $"{row.TraceTokens}",
                "user", row.Messages[0].Content, "assistant", row.Messages[1].Content, "2",
            }),
            read);
    }

    [Fact]
    public async Task Should_HaveTheDocumentedColumnsAndTypes_When_DuckDbDescribesTheParquet()
    {
        await WriteAsync([Row(0)]);
        Assert.Equal(
            [
                "messages STRUCT(\"role\" VARCHAR, \"content\" VARCHAR)[]", "question_id VARCHAR", "mode VARCHAR", "domain VARCHAR",
                "topics VARCHAR[]", "strategies VARCHAR[]", "verbosity INTEGER", "trace_tokens INTEGER",
            ],
            Query($"describe select * from '{PathOf(DatasetFolder.Parquet)}'").Select(row => $"{row[0]} {row[1]}"));
    }

    [Fact]
    public async Task Should_BeTheSameRows_When_TheJsonLinesAreRead()
    {
        await WriteAsync([.. Enumerable.Range(0, 50).Select(Row)]);
        string columns = "question_id, mode, domain, topics, strategies, verbosity, trace_tokens, messages";
        Assert.Equal(
            Query($"select {columns} from '{PathOf(DatasetFolder.Parquet)}'"),
            Query($"select {columns} from read_json('{PathOf(DatasetFolder.JsonLinesFile)}', format = 'newline_delimited')"));
        Assert.Equal(50, JsonLines.Read<DatasetRow>(PathOf(DatasetFolder.JsonLinesFile)).Count);
    }

    [Fact]
    public async Task Should_WriteManyRowGroups_When_ThereAreManyRows()
    {
        await WriteAsync(Enumerable.Range(0, 25_000).Select(Row));
        Assert.Equal(["25000", "25000"], Query($"select count(*), count(distinct question_id) from '{PathOf(DatasetFolder.Parquet)}'")[0]);
        Assert.Equal("3", Query($"select count(distinct row_group_id) from parquet_metadata('{PathOf(DatasetFolder.Parquet)}')")[0][0]);
    }

    [Fact]
    public async Task Should_WriteTheSameBytes_When_WrittenAgain()
    {
        await WriteAsync([Row(0), Row(1)]);
        string[] files = [DatasetFolder.Parquet, DatasetFolder.JsonLinesFile, DatasetFolder.Card, DatasetFolder.LlamaFactory];
        byte[][] before = [.. files.Select(file => File.ReadAllBytes(PathOf(file)))];
        await WriteAsync([Row(0), Row(1)]);
        Assert.Equal(before, files.Select(file => File.ReadAllBytes(PathOf(file))));
    }

    [Fact]
    public async Task Should_NameFilesColumnsAndLicence_When_TheCardIsRead()
    {
        await WriteAsync([Row(0)]);
        string card = await File.ReadAllTextAsync(PathOf(DatasetFolder.Card));
        Assert.StartsWith("---\nlicense: cc-by-4.0\n", card, StringComparison.Ordinal);
        Assert.Contains("path: data/train-*.parquet\n", card, StringComparison.Ordinal);
        Assert.Contains("| cell | `A\\|B` |\n", card, StringComparison.Ordinal);
        Assert.All(
            typeof(DatasetRow).GetProperties(),
            property => Assert.Contains($"- name: {JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}\n", card, StringComparison.Ordinal));

        using JsonDocument entry = JsonDocument.Parse(await File.ReadAllTextAsync(PathOf(DatasetFolder.LlamaFactory)));
        JsonElement set = entry.RootElement.GetProperty("set-1");
        Assert.Equal("train.jsonl", set.GetProperty("file_name").GetString());
        Assert.Equal("sharegpt", set.GetProperty("formatting").GetString());
        Assert.Equal("assistant", set.GetProperty("tags").GetProperty("assistant_tag").GetString());
    }

    private static DatasetRow Row(int i) => new()
    {
        Messages =
        [
            new() { Role = "user", Content = $"Was ist {i} × 2?\n\"quoted\" \ud83d\ude00" },
            new() { Role = "assistant", Content = $"<think> {i}\t</think> {2 * i}" },
        ],
        QuestionId = FormattableString.Invariant($"q{i:D6}"),
        Mode = i % 2 == 0 ? "System2" : "System1",
        Domain = "Mathematics",
        Topics = i % 3 == 0 ? [] : ["algebra", "numbers"],
        Strategies = i % 2 == 0 ? ["doubling"] : [],
        Verbosity = i % 11,
        TraceTokens = 10 * i,
    };

    private Task WriteAsync(IEnumerable<DatasetRow> rows) => DatasetFolder.WriteAsync(
        name =>
        {
            string path = PathOf(name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return path;
        },
        rows,
        Facts);

    private string PathOf(string name) => Path.Combine(_folder, name);

    private static List<string[]> Query(string sql)
    {
        using DuckDBConnection connection = new("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using DuckDBDataReader reader = command.ExecuteReader();
        List<string[]> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => Text(reader.GetValue(i)))]);
        }

        return rows;
    }

    private static string Text(object value) => value switch
    {
        System.Collections.IDictionary map => string.Join(',', map.Keys.Cast<object>().Select(key => $"{key}={Text(map[key]!)}")),
        string text => text,
        System.Collections.IEnumerable list => "[" + string.Join(',', list.Cast<object>().Select(Text)) + "]",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };
}
