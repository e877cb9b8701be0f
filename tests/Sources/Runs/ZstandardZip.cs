using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ZstdSharp;

namespace NaturalThoughts.Sources.Tests.Runs;

/// <summary>A zip whose entries are compressed by Zstandard (method 93), as Inspect writes it since 2026; .NET and SharpZipLib cannot.</summary>
internal static class ZstandardZip
{
    private const ushort Zstandard = 93;

    public static byte[] Of(params (string Name, string Text)[] entries)
    {
        using MemoryStream stream = new();
        List<(int Header, int Size)> places = [];
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Compressor compressor = new();
            foreach ((string name, string text) in entries)
            {
                byte[] bytes = Encoding.UTF8.GetBytes(text);
                int half = bytes.Length / 2;

                // Two frames, as Inspect splits long ones.
                byte[] packed = [.. compressor.Wrap(bytes.AsSpan(0, half)), .. compressor.Wrap(bytes.AsSpan(half))];
                places.Add(((int)stream.Length, bytes.Length));
                using Stream target = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                target.Write(packed);
            }
        }

        // Stored entries become compressed ones: the method, and the size of the text.
        byte[] zip = stream.ToArray();
        int next = 0;
        for (int at = 0; at < zip.Length - 4; at++)
        {
            uint signature = BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(at));
            (int method, int size) = signature switch { 0x04034b50 => (8, 22), 0x02014b50 => (10, 24), _ => (0, 0) };
            if (method > 0)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(at + method), Zstandard);
                BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(at + size), (uint)places[next % places.Count].Size);
                next++;
            }
        }

        return zip;
    }
}
