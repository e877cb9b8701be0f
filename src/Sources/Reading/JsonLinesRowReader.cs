namespace NaturalThoughts.Sources.Reading;

/// <summary>One JSON object a line; empty lines are passed over.</summary>
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
                if (!line.Span.Trim(" \t"u8).IsEmpty)
                {
                    yield return JsonRow.Read(new RowPlace(file, part.Entry, lines.Number, IsLine: true), line.Span);
                }
            }
        }
    }
}
