using System.Buffers.Binary;
using System.Text;

namespace NaturalThoughts.Student.Native;

/// <summary>The few parts of a 64-bit little-endian ELF file that loading needs (System V ABI; Linux Standard Base, "Symbol Versioning").</summary>
internal sealed class ElfImage
{
    private const uint TypeNote = 7;
    private const uint TypeVersionNeeds = 0x6ffffffe;
    private const uint NoteBuildId = 3;
    private const ushort FlagWeak = 2;

    private readonly byte[] _bytes;

    private ElfImage(byte[] bytes) => _bytes = bytes;

    /// <summary>The bytes, with every change made to them.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InvalidDataException">It is no 64-bit little-endian ELF file.</exception>
    public static ElfImage Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        return bytes.Length >= 64 && bytes.AsSpan(0, 6).SequenceEqual<byte>([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1])
            ? new ElfImage(bytes)
            : throw new InvalidDataException($"'{path}' is no 64-bit little-endian ELF file.");
    }

    /// <summary>
    /// The GNU build id in hexadecimal; null where the linker wrote none, or the file is too short for a library. Reads the headers and the note alone.
    /// </summary>
    public static string? BuildId(string path)
    {
        using FileStream file = File.OpenRead(path);
        if (file.Length < 64)
        {
            return null;
        }

        byte[] header = At(file, 0, 64);
        long sections = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(0x28));
        int size = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(0x3a));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(0x3c));
        byte[] table = At(file, sections, size * count);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> section = table.AsSpan(i * size, size);
            if (BinaryPrimitives.ReadUInt32LittleEndian(section[4..]) == TypeNote
                && IdOf(
                    At(file, BinaryPrimitives.ReadInt64LittleEndian(section[0x18..]), (int)BinaryPrimitives.ReadInt64LittleEndian(section[0x20..]))) is { } id)
            {
                return id;
            }
        }

        return null;
    }

    /// <summary>Marks a needed symbol version as weak, so that a C++ runtime without it can still load the library.</summary>
    /// <returns>True when the library needs that version.</returns>
    public bool WeakenVersion(string version)
    {
        long sections = Int64(0x28);
        int size = UInt16(0x3a);
        bool found = false;
        for (int i = 0; i < UInt16(0x3c); i++)
        {
            long section = sections + ((long)i * size);
            if (UInt32(section + 4) != TypeVersionNeeds)
            {
                continue;
            }

            long names = Int64(sections + ((long)UInt32(section + 0x28) * size) + 0x18);
            long need = Int64(section + 0x18);
            for (uint k = 0; k < UInt32(section + 0x2c); k++)
            {
                long entry = need + UInt32(need + 8);
                for (int m = 0; m < UInt16(need + 2); m++)
                {
                    if (Text(names + UInt32(entry + 8)) == version)
                    {
                        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan((int)entry + 4), (ushort)(UInt16(entry + 4) | FlagWeak));
                        found = true;
                    }

                    entry += UInt32(entry + 12);
                }

                need += UInt32(need + 12);
            }
        }

        return found;
    }

    private static byte[] At(FileStream file, long offset, int length)
    {
        byte[] bytes = new byte[length];
        file.Position = offset;
        file.ReadExactly(bytes);
        return bytes;
    }

    private static string? IdOf(ReadOnlySpan<byte> notes)
    {
        while (notes.Length >= 16)
        {
            int name = (BinaryPrimitives.ReadInt32LittleEndian(notes) + 3) & ~3;
            int length = BinaryPrimitives.ReadInt32LittleEndian(notes[4..]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(notes[8..]) == NoteBuildId && notes.Slice(12, 3).SequenceEqual("GNU"u8))
            {
                return Convert.ToHexStringLower(notes.Slice(12 + name, length));
            }

            notes = notes[(12 + name + ((length + 3) & ~3))..];
        }

        return null;
    }

    private ushort UInt16(long at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan((int)at));

    private uint UInt32(long at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan((int)at));

    private long Int64(long at) => BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan((int)at));

    private string Text(long at)
    {
        ReadOnlySpan<byte> rest = _bytes.AsSpan((int)at);
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)0)]);
    }
}
