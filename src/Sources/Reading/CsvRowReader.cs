using System.Text;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CsvHelper;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Sources.Reading;

/// <summary>Comma-separated values with a header, fields with line breaks included; a cell is a text.</summary>
internal sealed class CsvRowReader : IRowReader
{
    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        Encoding = Encoding.UTF8,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
        IncludeValuesInExceptions = false,
        MaxRecordSize = Utf8Lines.Longest,
    };

    public IEnumerable<SourceRow> Read(SourceFile file, RowRequest request, CancellationToken cancellation = default)
    {
        foreach (TextPart part in TextParts.Open(file, request))
        {
            using CsvReader reader = CsvReader.Create(part.Stream, Options, leaveOpen: true);
            string[]? names = null;
            while (MoveNext(reader, part))
            {
                cancellation.ThrowIfCancellationRequested();
                names ??= Names(reader, part);
                yield return Row(reader, names, new RowPlace(file, part.Entry, reader.LineNumber, IsLine: true));
            }
        }
    }

    private static SourceRow Row(CsvReader reader, string[] names, RowPlace place)
    {
        JsonObject fields = [];
        for (int i = 0; i < names.Length; i++)
        {
            if (!Utf8.IsValid(reader.GetSpan(i)))
            {
                return JsonRow.Damaged(place, "The bytes are not UTF-8.");
            }

            fields.Add(names[i], reader.GetString(i));
        }

        return new SourceRow(place, fields);
    }

    private static bool MoveNext(CsvReader reader, TextPart part)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException error)
        {
            // The library's message has no values of the file: IncludeValuesInExceptions is off.
            throw SourceErrors.Damaged(
                FormattableString.Invariant($"{part.Shown}:{Math.Max(1, error.LineNumber)}"),
                "This is not CSV with the same number of fields in every row: " + error.Message);
        }
    }

    private static string[] Names(CsvReader reader, TextPart part)
    {
        string[] names = [.. reader.Headers];
        string? twice = names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null
            ? names
            : throw SourceErrors.Wrong(
                part.Shown + ":1", $"The column {SourceQuote.Of(twice, confidential: false)} appears twice in the header.",
                "Give each column a name of its own.");
    }
}
