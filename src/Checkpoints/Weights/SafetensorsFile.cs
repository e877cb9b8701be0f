using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Weights;

/// <summary>
/// A safetensors file, memory-mapped: opening reads the header alone; a read copies a tensor's bytes once, from the page cache to where
/// the caller wants them. Nothing outside of the file is read or allocated for, whatever its header says. Safe for concurrent reads.
/// </summary>
public sealed class SafetensorsFile : ITensorSource, IDisposable
{
    private readonly string _path;
    private readonly SafetensorsHeader _header;
    private readonly long _dataStart;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private SafetensorsFile(string path, SafetensorsHeader header, long dataStart, MemoryMappedFile file, MemoryMappedViewAccessor view) =>
        (_path, _header, _dataStart, _file, _view) = (path, header, dataStart, file, view);

    /// <summary>The path of the file, for messages.</summary>
    internal string Location => _path;

    /// <summary>The tensors by name, in ordinal order.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors => _header.Tensors;

    /// <summary>The strings under <c>__metadata__</c>, in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Opens a file and checks its whole header.</summary>
    /// <exception cref="UserErrorException">The file is missing, truncated, or its header is malformed.</exception>
    public static SafetensorsFile Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new UserErrorException("There is no such safetensors file.", path);
        }

        FileStream stream = new(RegularFile.Require(path), FileMode.Open, FileAccess.Read, FileShare.Read);
        MemoryMappedFile? file = null;
        MemoryMappedViewAccessor? view = null;
        try
        {
            long length = stream.Length;
            int headerLength = HeaderLength(stream, length, path);
            long dataStart = 8 + (long)headerLength;
            file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
            using Mapped json = new(view.SafeMemoryMappedViewHandle, 8, headerLength);
            return new SafetensorsFile(path, SafetensorsHeader.Parse(json.Span, length - dataStart, path), dataStart, file, view);
        }
        catch
        {
            view?.Dispose();
            file?.Dispose();
            stream.Dispose();
            throw;
        }
    }

    /// <summary>All elements as float32, row-major: F32 as they are, F16 and BF16 widened (exact).</summary>
    /// <exception cref="UserErrorException">There is no such tensor, or its type is another one.</exception>
    public float[] ReadFloat32(string name)
    {
        TensorEntry entry = Entry(name);
        RequireFloat(name, entry);
        if (entry.Count > Array.MaxLength)
        {
            throw new UserErrorException($"The tensor '{Quoted.Of(name)}' has {entry.Count} elements, more than one array holds.", _path);
        }

        float[] values = new float[entry.Count];
        ReadFloat32(name, 0, values);
        return values;
    }

    /// <summary>Elements <paramref name="start"/> and following as float32, as many as the destination holds.</summary>
    /// <exception cref="UserErrorException">There is no such tensor, or its type is not F32, F16 or BF16.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tensor has fewer elements.</exception>
    public void ReadFloat32(string name, long start, Span<float> destination)
    {
        const int Piece = 1 << 20;
        for (int at = 0; at < destination.Length || at == 0; at += Piece)
        {
            Read(name, start + at, TensorType.F32, MemoryMarshal.AsBytes(destination[at..Math.Min(destination.Length, at + Piece)]));
        }
    }

    /// <summary>Elements <paramref name="start"/> and following as another type, as many as the destination holds.</summary>
    /// <exception cref="UserErrorException">There is no such tensor, or its type is not F32, F16 or BF16.</exception>
    /// <exception cref="ArgumentException"><paramref name="type"/> is another type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tensor has fewer elements.</exception>
    public void Read(string name, long start, TensorType type, Span<byte> destination)
    {
        TensorEntry entry = Entry(name);
        RequireFloat(name, entry);
        long count = destination.Length / type.Size();
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, entry.Count - start, nameof(destination));
        int size = entry.Type.Size();
        using Mapped bytes = Map(entry, start * size, checked((int)(count * size)));
        MemoryAdvice.Before(bytes.Span);
        FloatConversion.Convert(bytes.Span, entry.Type, destination, type);
        MemoryAdvice.After(bytes.Span);
    }

    /// <inheritdoc />
    /// <exception cref="UserErrorException">There is no such tensor.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tensor has fewer elements.</exception>
    public void Expect(string name, long start, long count)
    {
        TensorEntry entry = Entry(name);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, entry.Count - start);
        int size = entry.Type.Size();
        using Mapped bytes = Map(entry, start * size, checked((int)(count * size)));
        MemoryAdvice.Expected(bytes.Span);
    }

    /// <summary>Bytes <paramref name="start"/> and following of a tensor, little-endian and row-major, as many as the destination holds.</summary>
    /// <exception cref="UserErrorException">There is no such tensor.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tensor has fewer bytes.</exception>
    public void ReadBytes(string name, long start, Span<byte> destination)
    {
        TensorEntry entry = Entry(name);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(destination.Length, entry.ByteCount - start, nameof(destination));
        using Mapped bytes = Map(entry, start, destination.Length);
        bytes.Span.CopyTo(destination);
    }

    /// <summary>Unmaps the file.</summary>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private static int HeaderLength(FileStream stream, long fileLength, string path)
    {
        if (fileLength < 8)
        {
            throw SafetensorsHeader.Error(path, $"The file has {fileLength} bytes; its header's length alone takes 8.");
        }

        Span<byte> bytes = stackalloc byte[8];
        stream.ReadExactly(bytes);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > SafetensorsHeader.LongestHeader)
        {
            throw SafetensorsHeader.Error(path, $"The header's length is {length} bytes; the limit is {SafetensorsHeader.LongestHeader}.");
        }

        if ((long)length > fileLength - 8)
        {
            throw SafetensorsHeader.Error(path, $"The header's length is {length} bytes; the file has {fileLength - 8} left.");
        }

        return (int)length;
    }

    private Mapped Map(TensorEntry entry, long start, int count) => new(_view.SafeMemoryMappedViewHandle, _dataStart + entry.Begin + start, count);

    private TensorEntry Entry(string name) =>
        Tensors.TryGetValue(name, out TensorEntry? entry) ? entry : throw new UserErrorException($"The file has no tensor '{Quoted.Of(name)}'.", _path);

    private void RequireFloat(string name, TensorEntry entry)
    {
        if (!FloatConversion.Supports(entry.Type))
        {
            throw new UserErrorException($"The tensor '{Quoted.Of(name)}' is {entry.Type.Spelling()}; F32, F16 or BF16 is needed.", _path);
        }
    }

    /// <summary>Bytes of the map, which stays while they are looked at.</summary>
    private readonly unsafe ref struct Mapped
    {
        private readonly SafeBuffer _map;

        public Mapped(SafeBuffer map, long offset, int count)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)offset + (ulong)count, map.ByteLength, nameof(count));
            byte* first = null;
            map.AcquirePointer(ref first);
            _map = map;
            Span = new ReadOnlySpan<byte>(first + offset, count);
        }

        public ReadOnlySpan<byte> Span { get; }

        public void Dispose() => _map.ReleasePointer();
    }
}
