namespace NaturalThoughts.Sources.Reading;

/// <summary>What a caller wants of a file.</summary>
public sealed record RowRequest
{
    /// <summary>Asks for all rows with all fields.</summary>
    public static RowRequest All { get; } = new();

    /// <summary>
    /// The top-level fields that will be looked at; null for all. Parquet reads only these columns; a row of another format may have more.
    /// </summary>
    public IReadOnlySet<string>? Fields { get; init; }

    /// <summary>
    /// The entries of a zip to read, names with <c>*</c> for any run of characters, such as <c>samples/*.json</c>; null for all files.
    /// </summary>
    public IReadOnlyList<string>? Entries { get; init; }
}
