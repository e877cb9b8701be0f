using System.IO.Compression;
using System.IO.Enumeration;
using ICSharpCode.SharpZipLib.GZip;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Sources.Reading;

/// <summary>Opens the texts of a file, one after the other; gzip and zip are told by their first bytes.</summary>
internal static class TextParts
{
    /// <summary>Each text; a stream is closed when the next one is asked for.</summary>
    /// <exception cref="UserErrorException">The file is missing, is no text, or is cut off.</exception>
    public static IEnumerable<TextPart> Open(SourceFile file, RowRequest request)
    {
        using FileStream stream = OpenFile(file);
        byte[] head = TextStream.Take(stream, 4);
        stream.Position = 0;
        if (head is [0x50, 0x4B, 0x03, 0x04] or [0x50, 0x4B, 0x05, 0x06])
        {
            using ZipArchive archive = Archive(stream, file);
            using ZstandardEntries zstandard = new(file);
            foreach (ZipArchiveEntry entry in Entries(archive, request, file))
            {
                string shown = $"{file.Name}/{entry.FullName}";
                using Stream unpacked = Unpack(entry, zstandard, shown);
                yield return new TextPart(entry.FullName, WithoutMark(unpacked, shown), shown);
            }
        }
        else if (head is [0x1F, 0x8B, ..])
        {
            // .NET's own GZipStream takes the end of a cut file for the end of the text.
            using GZipInputStream unpacked = new(stream) { IsStreamOwner = false };
            yield return new TextPart(null, WithoutMark(unpacked, file.Name), file.Name);
        }
        else
        {
            yield return new TextPart(null, WithoutMark(stream, file.Name), file.Name);
        }
    }

    public static FileStream OpenFile(SourceFile file)
    {
        try
        {
            return new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SourceErrors.Wrong(file.Path, "The file cannot be opened: " + error.Message, "Give the path of a file that is there and may be read.");
        }
    }

    private static ZipArchive Archive(FileStream stream, SourceFile file)
    {
        try
        {
            return new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException)
        {
            throw SourceErrors.Damaged(file.Name, "The zip file has no readable directory at its end.");
        }
    }

    private static ZipArchiveEntry[] Entries(ZipArchive archive, RowRequest request, SourceFile file)
    {
        ZipArchiveEntry[] entries =
        [
            // Of a name that is there twice the last one counts: programs that append to a zip supersede entries so.
            .. archive.Entries
                .GroupBy(entry => entry.FullName, StringComparer.Ordinal)
                .Select(same => same.Last())
                .Where(entry => !entry.FullName.EndsWith('/'))
                .Where(entry =>
                    request.Entries is null
                        || request.Entries.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, entry.FullName, ignoreCase: false)))
                .OrderBy(entry => entry.FullName, NaturalOrder.Instance),
        ];
        string wanted = request.Entries is null ? "no files" : $"no entry called '{string.Join("' or '", request.Entries)}'";
        return entries.Length > 0
            ? entries
            : throw SourceErrors.Wrong(
                file.Name, $"The zip file has {wanted}.", NearestName.Hint(request.Entries?[0] ?? "", [.. archive.Entries.Select(entry => entry.FullName)]));
    }

    private static Stream Unpack(ZipArchiveEntry entry, ZstandardEntries zstandard, string shown)
    {
        if (entry.IsEncrypted)
        {
            throw SourceErrors.Wrong(shown, "The entry is encrypted.", "Unpack the file with the password that its owner tells, and name what was inside.");
        }

        if (zstandard.IsAsked && zstandard.Open(entry.FullName) is { } packed)
        {
            return packed;
        }

        try
        {
            return entry.Open();
        }
        catch (InvalidDataException error)
        {
            // A compression method that .NET does not have (zstd, LZMA), or a damaged header.
            return zstandard.Open(entry.FullName)
                ?? throw SourceErrors.Wrong(
                    shown, "The entry cannot be unpacked: " + error.Message, "Unpack the file with the tool that wrote it, and zip it again with deflate.");
        }
    }

    private static TextStream WithoutMark(Stream stream, string shown)
    {
        byte[] head = TextStream.Take(new TextStream(shown, default, stream), 4);
        return head switch
        {
            [0xEF, 0xBB, 0xBF, ..] => new TextStream(shown, head.AsMemory(3), stream),
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => throw SourceErrors.Wrong(shown, "The file is UTF-16.", "Save it as UTF-8."),
            [0x50, 0x41, 0x52, 0x31] => throw SourceErrors.Wrong(shown, "The file is Parquet.", $"Write 'format: {RowFormats.Parquet}'."),
            _ => new TextStream(shown, head, stream),
        };
    }
}
