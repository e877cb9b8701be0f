namespace NaturalThoughts.Sources.Reading;

/// <summary>
/// How the rows of a file are written. A text format may be compressed: gzip and zip are told by their first bytes, so that
/// <c>jsonl</c> reads <c>train.jsonl</c>, <c>train.jsonl.gz</c> and every entry of <c>train.zip</c>.
/// </summary>
public static class RowFormats
{
    /// <summary>One JSON object a line.</summary>
    public const string Jsonl = "jsonl";

    /// <summary>One JSON array of objects, or one object, which is one row.</summary>
    public const string Json = "json";

    /// <summary>Comma-separated values (RFC 4180) with a header.</summary>
    public const string Csv = "csv";

    /// <summary>Apache Parquet files.</summary>
    public const string Parquet = "parquet";

    /// <summary>All formats, in ordinal order.</summary>
    public static IReadOnlyList<string> Known { get; } = [Csv, Json, Jsonl, Parquet];

    /// <summary>The reader of a format.</summary>
    /// <exception cref="ArgumentException">The format is none of <see cref="Known"/>.</exception>
    public static IRowReader Reader(string format) => format switch
    {
        Jsonl => new JsonLinesRowReader(),
        Json => new JsonRowReader(),
        Csv => new CsvRowReader(),
        Parquet => new ParquetRowReader(),
        _ => throw new ArgumentException($"There is no row format '{format}'.", nameof(format)),
    };
}
