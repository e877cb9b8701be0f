using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace NaturalThoughts.Student.Monitoring;

/// <summary>
/// A file of events that TensorBoard reads: records of TensorFlow's TFRecord format (length, masked CRC-32C, data, masked CRC-32C), each a
/// protocol buffer <c>Event</c> (wall_time = 1, step = 2, file_version = 3, summary = 5, session_log = 7). Only scalars are written.
/// Sources: tensorflow/core/lib/io/record_writer.h, tensorflow/core/util/event.proto, tensorflow/core/framework/summary.proto.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private const uint MaskDelta = 0xa282ead8; // record_writer.h
    private readonly FileStream _stream;
    private readonly TimeProvider _clock;

    /// <summary>Begins a file in a folder, which is made where it is missing.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="step">Steps done before: TensorBoard drops later ones, which a killed process wrote (SessionLog, START).</param>
    /// <param name="clock">Tells the time of each event.</param>
    public EventFile(string folder, long step, TimeProvider clock)
    {
        _clock = clock;
        Directory.CreateDirectory(folder);
        string name = string.Create(
            CultureInfo.InvariantCulture, $"events.out.tfevents.{clock.GetUtcNow().ToUnixTimeSeconds()}.{Environment.MachineName}.{Environment.ProcessId}");
        _stream = new FileStream(Path.Combine(folder, name), FileMode.Create, FileAccess.Write, FileShare.Read);
        MemoryStream start = Begin();
        Bytes(start, 3, "brain.Event:2"u8);
        Record(start.ToArray());
        if (step > 0)
        {
            MemoryStream again = Begin();
            Key(again, 2, 0);
            Varint(again, (ulong)step);
            Bytes(again, 7, [8, 1]); // session_log = 7: status = 1: START = 1
            Record(again.ToArray());
        }
    }

    /// <summary>Writes scalars of one step.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="scalars">Tag, such as <c>train/loss</c>, and value.</param>
    public void Write(long step, params ReadOnlySpan<(string Tag, double Value)> scalars)
    {
        MemoryStream summary = new();
        Span<byte> number = stackalloc byte[4];
        foreach ((string tag, double scalar) in scalars)
        {
            MemoryStream value = new();
            Bytes(value, 1, Encoding.UTF8.GetBytes(tag));
            Key(value, 2, 5);
            BinaryPrimitives.WriteSingleLittleEndian(number, (float)scalar);
            value.Write(number);
            Bytes(summary, 1, value.ToArray());
        }

        MemoryStream item = Begin();
        Key(item, 2, 0);
        Varint(item, (ulong)step);
        Bytes(item, 5, summary.ToArray());
        Record(item.ToArray());
    }

    /// <summary>Hands over to the system what is written so far.</summary>
    public void Flush() => _stream.Flush();

    /// <inheritdoc />
    public void Dispose() => _stream.Dispose();

    private MemoryStream Begin()
    {
        MemoryStream item = new();
        Key(item, 1, 1);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(time, _clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
        item.Write(time);
        return item;
    }

    private void Record(ReadOnlySpan<byte> data)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)data.Length);
        _stream.Write(length);
        Checksum(length);
        _stream.Write(data);
        Checksum(data);
    }

    private void Checksum(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        Span<byte> masked = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(masked, BitOperations.RotateRight(~crc, 15) + MaskDelta);
        _stream.Write(masked);
    }

    private static void Key(Stream stream, int field, int wireType) => Varint(stream, (ulong)((field << 3) | wireType));

    private static void Bytes(Stream stream, int field, ReadOnlySpan<byte> value)
    {
        Key(stream, field, 2);
        Varint(stream, (ulong)value.Length);
        stream.Write(value);
    }

    private static void Varint(Stream stream, ulong value)
    {
        while (value >= 0x80)
        {
            stream.WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        stream.WriteByte((byte)value);
    }
}
