using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Sharing;

/// <summary>Copies what somebody else sends, never more than was announced.</summary>
internal static class BoundedCopy
{
    /// <summary>The longest record that is read: a key document, outputs and counts take a few kilobytes.</summary>
    public const int LongestRecord = 4 << 20;

    private const int Chunk = 1 << 17;

    /// <summary>Writes exactly the file's size from the stream to a new file.</summary>
    /// <exception cref="SharedStorageException">The stream ends before or goes on after that size.</exception>
    public static async Task ToFileAsync(Stream from, OutputFile file, string path, Action? onChunk, CancellationToken cancellation)
    {
        FileStream to = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, useAsync: false);
        await using (to.ConfigureAwait(false))
        {
            long written = await CopyAsync(from, to, file.Size, onChunk, cancellation).ConfigureAwait(false);
            if (written != file.Size)
            {
                throw new SharedStorageException(StorageFault.Item, FormattableString.Invariant($"ended after {written} of {file.Size} bytes"));
            }
        }
    }

    /// <summary>Reads a record's text.</summary>
    /// <exception cref="SharedStorageException">It is longer than any record.</exception>
    public static async Task<byte[]> ReadRecordAsync(Stream from, Action? onChunk, CancellationToken cancellation)
    {
        using MemoryStream text = new();
        await CopyAsync(from, text, LongestRecord, onChunk, cancellation).ConfigureAwait(false);
        return text.ToArray();
    }

    private static async Task<long> CopyAsync(Stream from, Stream to, long most, Action? onChunk, CancellationToken cancellation)
    {
        byte[] buffer = new byte[Chunk];
        long total = 0;
        int count;
        while ((count = await from.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
        {
            total += count;
            if (total > most)
            {
                throw new SharedStorageException(StorageFault.Item, FormattableString.Invariant($"is longer than {most} bytes"));
            }

            await to.WriteAsync(buffer.AsMemory(0, count), cancellation).ConfigureAwait(false);
            onChunk?.Invoke();
        }

        return total;
    }
}
