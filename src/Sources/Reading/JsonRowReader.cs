using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Sources.Reading;

/// <summary>One JSON array of objects, read object by object; or one object, which is one row.</summary>
internal sealed class JsonRowReader : IRowReader
{
    private const int LargestObject = 1 << 28;
    private static readonly JsonSerializerOptions Strict = new() { AllowDuplicateProperties = false };

    public IEnumerable<SourceRow> Read(SourceFile file, RowRequest request, CancellationToken cancellation = default)
    {
        foreach (TextPart part in TextParts.Open(file, request))
        {
            (byte first, Stream stream) = FirstByte(part);
            IEnumerable<SourceRow> rows = first switch
            {
                (byte)'[' => Items(file, part, stream, cancellation),
                (byte)'{' => [Single(file, part, stream)],
                _ =>
                    throw SourceErrors.Wrong(
                        part.Shown, "The file starts with neither '[' nor '{', so it is not JSON.",
                        "Check 'format'; the file may also be an error page that was saved under this name."),
            };
            foreach (SourceRow row in rows)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return row;
            }
        }
    }

    private static IEnumerable<SourceRow> Items(SourceFile file, TextPart part, Stream stream, CancellationToken cancellation)
    {
        using IEnumerator<JsonElement> items = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(stream, Strict, cancellation)
            .ToBlockingEnumerable(cancellation).GetEnumerator();
        for (long number = 1; ; number++)
        {
            RowPlace place = new(file, part.Entry, number, IsLine: false);
            if (!MoveNext(items, place))
            {
                yield break;
            }

            yield return JsonRow.Read(place, JsonMarshal.GetRawUtf8Value(items.Current));
        }
    }

    private static bool MoveNext(IEnumerator<JsonElement> items, RowPlace place)
    {
        try
        {
            return items.MoveNext();
        }
        catch (JsonException error)
        {
            throw SourceErrors.Damaged(place.ToString(), JsonRow.Words(error));
        }
    }

    private static SourceRow Single(SourceFile file, TextPart part, Stream stream)
    {
        using MemoryStream whole = new();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16); // a log has 100,000 of such files
        try
        {
            for (int count = stream.Read(buffer); count > 0; count = stream.Read(buffer))
            {
                whole.Write(buffer, 0, count);
                if (whole.Length > LargestObject)
                {
                    throw Large(part);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        SourceRow row = JsonRow.Read(new RowPlace(file, part.Entry, 1, IsLine: false), whole.GetBuffer().AsSpan(0, (int)whole.Length));
        return row.Damage is null
            ? row
            : throw SourceErrors.Wrong(
                part.Shown, "The file starts with '{' and is not one JSON object: " + row.Damage,
                $"If it has one object a line, write 'format: {RowFormats.Jsonl}'; if it was downloaded, get it again.");
    }

    private static UserErrorException Large(TextPart part) =>
        SourceErrors.Wrong(
            part.Shown, FormattableString.Invariant($"The JSON object is larger than {LargestObject >> 20} MiB."), "Split it into one object a line.");

    private static (byte First, Stream Stream) FirstByte(TextPart part)
    {
        byte[] head = TextStream.Take(part.Stream, 256);
        ReadOnlySpan<byte> text = head.AsSpan().TrimStart(" \t\r\n"u8);
        return (text.IsEmpty ? (byte)0 : text[0], new TextStream(part.Shown, head, part.Stream));
    }
}
