using ICSharpCode.SharpZipLib;
using ZstdSharp;

namespace NaturalThoughts.Sources.Reading;

/// <summary>
/// A stream that is read on from bytes that were already taken off its beginning, and whose damage is told as a user's error, whichever
/// library unpacks it.
/// </summary>
/// <param name="shown">What is read, for messages.</param>
/// <param name="head">Bytes that come first.</param>
/// <param name="rest">What follows.</param>
internal sealed class TextStream(string shown, ReadOnlyMemory<byte> head, Stream rest) : Stream
{
    private ReadOnlyMemory<byte> _head = head;
    private long _count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Takes up to <paramref name="count"/> bytes off the beginning of a stream; fewer only at its end.</summary>
    public static byte[] Take(Stream stream, int count)
    {
        byte[] bytes = new byte[count];
        return bytes[..stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false)];
    }

    public override int Read(Span<byte> buffer)
    {
        if (!_head.IsEmpty)
        {
            int count = Math.Min(buffer.Length, _head.Length);
            _head.Span[..count].CopyTo(buffer);
            _head = _head[count..];
            return count;
        }

        try
        {
            int count = rest.Read(buffer);
            _count += count;
            return count;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or SharpZipBaseException or ZstdException)
        {
            throw SourceErrors.Damaged(
                shown, FormattableString.Invariant($"The compressed data is damaged or cut off, somewhere behind {_count} bytes of text."));
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    // The readers of JSON have asynchronous interfaces alone; the bytes of a local file are there at once.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
