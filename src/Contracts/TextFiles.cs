using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace NaturalThoughts.Contracts;

/// <summary>
/// Reads text that becomes data: UTF-8 or an error that names the file and the byte. Nothing is replaced by U+FFFD, and nothing is left out:
/// a byte-order mark is kept as U+FEFF, as Python's <c>utf-8</c> keeps it.
/// </summary>
public static class TextFiles
{
    private const string Hint = "Save the file as UTF-8.";
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a file, line ends as they are.</summary>
    /// <exception cref="UserErrorException">The file is not UTF-8, holds a zero byte (as UTF-16 does), or is larger than an array, or no regular
    /// file.</exception>
    public static string ReadStrict(string path) => Encoding.UTF8.GetString(ReadBytes(path));

    /// <summary>The bytes of a text file.</summary>
    /// <exception cref="UserErrorException">As of <see cref="ReadStrict"/>.</exception>
    public static byte[] ReadBytes(string path)
    {
        RegularFile.Require(path);
        long length = new FileInfo(path).Length;
        if (length > Array.MaxLength)
        {
            throw new UserErrorException(FormattableString.Invariant($"The file has {length} bytes, more than are read at once ({Array.MaxLength})."), path);
        }

        byte[] bytes = File.ReadAllBytes(path);
        Check(bytes, path);
        return bytes;
    }

    /// <summary>Decodes text that was read elsewhere.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <param name="location">Where they come from, for the message.</param>
    /// <exception cref="UserErrorException">They are not UTF-8, or hold a zero byte.</exception>
    public static string Decode(ReadOnlySpan<byte> utf8, string location)
    {
        Check(utf8, location);
        return Encoding.UTF8.GetString(utf8);
    }

    /// <summary>Checks that bytes are text.</summary>
    /// <exception cref="UserErrorException">They are not UTF-8, or hold a zero byte.</exception>
    public static void Check(ReadOnlySpan<byte> utf8, string location)
    {
        if (FirstBad(utf8) is { } at)
        {
            throw new UserErrorException(What(utf8, at), location, Hint);
        }
    }

    /// <summary>The offset of the first byte that begins no UTF-8, or is zero; null where there is none.</summary>
    public static int? FirstBad(ReadOnlySpan<byte> utf8)
    {
        int zero = utf8.IndexOf((byte)0);
        ReadOnlySpan<byte> text = zero < 0 ? utf8 : utf8[..zero];
        if (Utf8.IsValid(text))
        {
            return zero < 0 ? null : zero;
        }

        int at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out int used) == OperationStatus.Done)
        {
            at += used;
        }

        return at;
    }

    /// <summary>What is wrong with the byte at an offset that <see cref="FirstBad"/> found.</summary>
    public static string What(ReadOnlySpan<byte> utf8, int offset) => utf8[offset..] switch
    {
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] when offset == 0 => "The file is UTF-16: it has its byte-order mark at offset 0.",
        [0, ..] => string.Create(CultureInfo.InvariantCulture, $"The byte 0x00 at offset {offset} is no text; the file may be UTF-16."),
        [var value, ..] => string.Create(CultureInfo.InvariantCulture, $"The byte 0x{value:X2} at offset {offset} is not UTF-8."),
        _ => throw new ArgumentOutOfRangeException(nameof(offset)),
    };

    /// <summary>The lines of a file of any size, one after the other.</summary>
    /// <exception cref="UserErrorException">The file is not UTF-8; thrown where the line stands or some lines before.</exception>
    public static IEnumerable<string> Lines(string path)
    {
        RegularFile.Require(path);
        using StreamReader reader = new(path, Strict, detectEncodingFromByteOrderMarks: false);
        while (Next(reader, path) is { } line)
        {
            yield return line;
        }
    }

    private static string? Next(StreamReader reader, string path)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (DecoderFallbackException)
        {
            throw new UserErrorException(Locate(path), path, Hint);
        }
    }

    private static string Locate(string path)
    {
        using FileStream stream = File.OpenRead(path);
        byte[] buffer = new byte[1 << 16];
        long start = 0;
        int kept = 0;
        while (true)
        {
            int filled = kept + stream.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false);
            int at = 0;
            OperationStatus status = OperationStatus.Done;
            while (at < filled && (status = Rune.DecodeFromUtf8(buffer.AsSpan(at, filled - at), out _, out int used)) == OperationStatus.Done)
            {
                at += used;
            }

            if (filled < buffer.Length || status == OperationStatus.InvalidData)
            {
                return at < filled
                    ? string.Create(CultureInfo.InvariantCulture, $"The byte 0x{buffer[at]:X2} at offset {start + at} is not UTF-8.")
                    : "The file is not UTF-8.";
            }

            buffer.AsSpan(at, filled - at).CopyTo(buffer);
            (start, kept) = (start + at, filled - at);
        }
    }
}
