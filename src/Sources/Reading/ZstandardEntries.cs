using System.Buffers.Binary;
using ICSharpCode.SharpZipLib.Zip;
using Microsoft.Win32.SafeHandles;
using NaturalThoughts.Contracts;
using ZstdSharp;

namespace NaturalThoughts.Sources.Reading;

/// <summary>The entries of a zip that are compressed by Zstandard, which .NET cannot unpack; Inspect writes its logs so.</summary>
/// <param name="file">The zip.</param>
internal sealed class ZstandardEntries(SourceFile file) : IDisposable
{
    private const int Zstandard = 93;
    private const int LocalHeader = 30;

    private Dictionary<string, (long Offset, long Size)>? _places;
    private SafeFileHandle? _handle;

    /// <summary>True once an entry was asked for: the others of the zip are likely written alike.</summary>
    public bool IsAsked => _places is not null;

    /// <summary>The text of an entry; null where it is not compressed by Zstandard.</summary>
    /// <exception cref="UserErrorException">The file cannot be opened.</exception>
    public Stream? Open(string name)
    {
        _places ??= Places();
        if (!_places.TryGetValue(name, out (long Offset, long Size) place))
        {
            return null;
        }

        _handle ??= File.OpenHandle(file.Path);
        Span<byte> header = stackalloc byte[LocalHeader];
        RandomAccess.Read(_handle, header, place.Offset);
        long start = place.Offset + LocalHeader + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        byte[] packed = new byte[Math.Clamp(RandomAccess.GetLength(_handle) - start, 0, place.Size)];
        int count = 0;
        while (count < packed.Length && RandomAccess.Read(_handle, packed.AsSpan(count), start + count) is var read and > 0)
        {
            count += read;
        }

        return new DecompressionStream(new MemoryStream(packed, 0, count));
    }

    public void Dispose() => _handle?.Dispose();

    private Dictionary<string, (long Offset, long Size)> Places()
    {
        Dictionary<string, (long, long)> places = new(StringComparer.Ordinal);
        try
        {
            using ZipFile zip = new(TextParts.OpenFile(file));
            foreach (ZipEntry entry in zip)
            {
                if ((int)entry.CompressionMethod == Zstandard && entry.CompressedSize is >= 0 and <= int.MaxValue && !entry.IsCrypted)
                {
                    places[entry.Name] = (entry.Offset, entry.CompressedSize);
                }
            }
        }
        catch (ZipException)
        {
            // .NET read the directory; what SharpZipLib takes offence at is no Zstandard.
        }

        return places;
    }
}
