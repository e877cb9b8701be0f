using System.Security.Cryptography;
using System.Text;

namespace NaturalThoughts.Contracts;

/// <summary>A SHA-256 digest, written as 64 lower-case hexadecimal digits.</summary>
public readonly record struct ContentHash : IComparable<ContentHash>
{
    private readonly string? _hex;

    private ContentHash(string hex) => _hex = hex;

    /// <summary>The 64 lower-case hexadecimal digits.</summary>
    public string Hex => _hex ?? new string('0', 64);

    /// <summary>The first twelve digits, for people.</summary>
    public string Short => Hex[..12];

    /// <summary>The digest of the bytes.</summary>
    public static ContentHash Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return new ContentHash(Convert.ToHexStringLower(digest));
    }

    /// <summary>The digest of the text's UTF-8 bytes.</summary>
    public static ContentHash OfText(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>The digest of a file's bytes, read as a stream.</summary>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    /// <exception cref="UserErrorException">It is no regular file.</exception>
    public static ContentHash OfFile(string path)
    {
        using FileStream stream = new(RegularFile.Require(path), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 17, FileOptions.SequentialScan);
        return new ContentHash(Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    /// <summary>Reads 64 lower-case hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static ContentHash Parse(string text) =>
        TryParse(text, out ContentHash hash) ? hash : throw new FormatException($"'{text}' is not a SHA-256 digest of 64 lower-case hexadecimal digits.");

    /// <summary>Reads 64 lower-case hexadecimal digits; false for anything else.</summary>
    public static bool TryParse(string? text, out ContentHash hash)
    {
        hash = default;
        if (text is not { Length: 64 } || text.AsSpan().ContainsAnyExcept("0123456789abcdef"))
        {
            return false;
        }

        hash = new ContentHash(text);
        return true;
    }

    /// <summary>Ordinal order of the digits.</summary>
    public int CompareTo(ContentHash other) => string.CompareOrdinal(Hex, other.Hex);

    /// <inheritdoc />
    public override string ToString() => Hex;
}
