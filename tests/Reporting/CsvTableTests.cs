using System.Text;
using CsvHelper;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Tests;

public sealed class CsvTableTests
{
    private static readonly string[] Columns = ["a", "b"];

    [Fact]
    public void Should_GiveTheCommittedBytes_When_APublishedTableIsReadAndWritten()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "NaturalThoughts.slnx")))
        {
            root = root.Parent;
        }

        string[] tables = Directory.GetFiles(Path.Combine(root.FullName, "results"), "*.csv", SearchOption.AllDirectories);
        Assert.NotEmpty(tables);
        Assert.All(tables, path => Assert.Equal(File.ReadAllText(path, Encoding.UTF8), CsvTable.Lines(Read(File.ReadAllText(path, Encoding.UTF8)))));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("two\rlines", "\"two\rlines\"")]
    [InlineData("", "")]
    [InlineData(" x ", " x ")]
    [InlineData("=1+1", "=1+1")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("é", "é")]
    public void Should_QuoteByRfc4180_When_AFieldNeedsIt(string field, string written)
    {
        string text = CsvTable.Lines([Columns, [field, "1"]]);
        Assert.Equal($"a,b\n{written},1\n", text);
        Assert.Equal([field, "1"], Read(text).Last());
    }

    private static List<string[]> Read(string text)
    {
        using CsvReader reader = CsvReader.FromText(
            text,
            new CsvReaderOptions
            {
                Separator = ',',
                HasHeader = false,
                MalformedData = CsvMalformedDataHandling.Throw,
                FieldCountMismatch = CsvFieldCountHandling.Throw,
            });
        List<string[]> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }

        return rows;
    }
}
