using System.Buffers.Binary;
using System.Text;
using NaturalThoughts.Student.Monitoring;

namespace NaturalThoughts.Student.Tests.Monitoring;

public sealed class EventFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nt-events-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Should_BeTensorBoards_When_ScalarsAreWritten()
    {
        using (EventFile file = new(_folder, 0, new Noon()))
        {
            file.Write(300, ("train/loss", 0.5), ("a", 2));
        }

        byte[] bytes = File.ReadAllBytes(Assert.Single(Directory.GetFiles(_folder, "events.out.tfevents.1700000000.*")));

        // The first record as TensorFlow 2 writes it at that time: length 24, its masked CRC-32C, wall_time, file_version, masked CRC-32C.
        // The checksum of the length 24 is the one at the start of every TensorBoard file.
        Assert.Equal("1800000000000000A37F4B22", Convert.ToHexString(bytes[..12]));
        Assert.Equal(
            "09" + Convert.ToHexString(BitConverter.GetBytes(1.7e9)) + "1A0D" + Convert.ToHexString("brain.Event:2"u8), Convert.ToHexString(bytes[12..36]));
        Assert.Equal(MaskedCrc(bytes.AsSpan(12, 24)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(36)));

        // The second: step 300 as a varint (AC 02), a summary with two values.
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(40));
        string values = "0A110A0A" + Convert.ToHexString(Encoding.UTF8.GetBytes("train/loss")) + "150000003F" + "0A080A0161" + "1500000040";
        Assert.Equal(
            "09" + Convert.ToHexString(BitConverter.GetBytes(1.7e9)) + "10AC02" + "2A" + (values.Length / 2).ToString("X2", null) + values,
            Convert.ToHexString(bytes.AsSpan(52, length)));
        Assert.Equal(MaskedCrc(bytes.AsSpan(52, length)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(52 + length)));
        Assert.Equal(52 + length + 4, bytes.Length);
    }

    // CRC-32C bit by bit (RFC 3720, B.4), masked as record_writer.h says.
    private static uint MaskedCrc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 1 ? 0x82F63B78 : 0);
            }
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xa282ead8;
    }

    private sealed class Noon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    }
}
