using NaturalThoughts.Contracts;

namespace NaturalThoughts.Sources.Reading;

/// <summary>Splits a stream of bytes at line feeds; a carriage return before one is no part of the line.</summary>
internal sealed class Utf8Lines(TextPart part)
{
    /// <summary>The longest line in bytes, 64 MiB: a file without line feeds must not fill the memory.</summary>
    public const int Longest = 1 << 26;

    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _finished;

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Reads the next line, which stays valid until the next call; false at the end.</summary>
    /// <exception cref="UserErrorException">A line is longer than <see cref="Longest"/>, or the stream is damaged.</exception>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        int seen = 0;
        while (true)
        {
            int feed = _buffer.AsSpan(_start + seen, _end - _start - seen).IndexOf((byte)'\n');
            if (feed >= 0 || (_finished && _end > _start))
            {
                int length = feed >= 0 ? seen + feed : _end - _start;
                line = _buffer.AsMemory(_start, length);
                _start = Math.Min(_end, _start + length + 1);
                Number++;
                line = line.Span.EndsWith("\r"u8) ? line[..^1] : line;
                return true;
            }

            if (_finished)
            {
                line = default;
                return false;
            }

            seen = _end - _start;
            Fill();
        }
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= Longest)
            {
                throw SourceErrors.Wrong(
                    FormattableString.Invariant($"{part.Shown}:{Number + 1}"),
                    FormattableString.Invariant($"The line is longer than {Longest >> 20} MiB."),
                    $"One row a line is expected; for one JSON array write 'format: {RowFormats.Json}'.");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int count = part.Stream.Read(_buffer.AsSpan(_end));
        _finished = count == 0;
        _end += count;
    }
}
