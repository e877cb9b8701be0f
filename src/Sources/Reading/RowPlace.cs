using System.Globalization;

namespace NaturalThoughts.Sources.Reading;

/// <summary>Where a row stands.</summary>
/// <param name="File">The file.</param>
/// <param name="Entry">The entry of a zip; null where the file is none.</param>
/// <param name="Number">Its line (JSONL and CSV) or its row (JSON arrays and Parquet), counted from 1.</param>
/// <param name="IsLine">True when <paramref name="Number"/> is a line.</param>
public sealed record RowPlace(SourceFile File, string? Entry, long Number, bool IsLine)
{
    /// <summary>
    /// What a record keeps of its origin: the first twelve digits of the file's digest, the entry if any, and the number, as in
    /// <c>3f7a1c09b2d4:17</c>. The same for the same bytes wherever the file lies.
    /// </summary>
    public string Provenance => string.Create(CultureInfo.InvariantCulture, $"{File.Digest.Short}{Below}:{Number}");

    /// <summary>For messages: <c>test.jsonl:17</c>, <c>data.parquet, row 17</c> or <c>logs.zip/a.json, row 3</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File.Name}{Below}{(IsLine ? ":" : ", row ")}{Number}");

    private string Below => Entry is null ? "" : "/" + Entry;
}
