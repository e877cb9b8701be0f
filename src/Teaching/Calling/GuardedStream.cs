namespace NaturalThoughts.Teaching.Calling;

/// <summary>A reply's bytes: no more than allowed, no pause longer than allowed, and a copy of what was read.</summary>
/// <param name="inner">The server's stream.</param>
/// <param name="most">The most bytes.</param>
/// <param name="copy">Where each byte goes as well.</param>
/// <param name="read">Called before each read, with what was read so far; sets the timer anew.</param>
internal sealed class GuardedStream(Stream inner, long most, Stream copy, Action<long> read) : Stream
{
    private long _length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        read(_length);
        int count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        read(_length + count);
        _length += count;
        if (_length > most)
        {
            throw new CallFaultException(CallFaultKind.TooLarge, $"The reply has more than {most} bytes (maxReplyBytes).");
        }

        copy.Write(buffer.Span[..count]);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
