namespace NaturalThoughts.Sources.Reading;

/// <summary>One JSON object a line; empty lines are ignored.</summary>
internal sealed class JsonLinesRowReader : IRowReader
{
    public IEnumerable<SourceRow> Read(SourceFile file, RowRequest request, CancellationToken cancellation = default)
    {
        foreach (TextPart part in TextParts.Open(file, request))
        {
            Utf8Lines lines = new(part);
            while (lines.TryRead(out ReadOnlyMemory<byte> line))
            {
                cancellation.ThrowIfCancellationRequested();
                ReadOnlySpan<byte> text = line.Span.Trim(" \t"u8);
                if (lines.Number == 1 && text.StartsWith("["u8))
                {
                    throw SourceErrors.Wrong(part.Shown + ":1", "The file is a JSON array, not one object a line.", $"Write 'format: {RowFormats.Json}'.");
                }

                if (!text.IsEmpty)
                {
                    yield return JsonRow.Read(new RowPlace(file, part.Entry, lines.Number, IsLine: true), line.Span);
                }
            }
        }
    }
}
