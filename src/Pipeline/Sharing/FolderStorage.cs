using System.Security.Cryptography;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Sharing;

/// <summary>
/// A folder that several machines see: <c>ac/&lt;key&gt;</c> and <c>cas/&lt;digest&gt;</c>, the paths that <see cref="HttpStorage"/> asks for, so that a
/// web server may serve the same folder. It must exist: an empty mount point is not filled by mistake.
/// </summary>
/// <param name="root">The folder.</param>
public sealed class FolderStorage(string root) : ISharedStorage
{
    private readonly string _root = Path.GetFullPath(root);

    /// <inheritdoc />
    public string Name => _root;

    /// <inheritdoc />
    public async Task<byte[]?> GetRecordAsync(ContentHash key, CancellationToken cancellation)
    {
        try
        {
            using FileStream? stream = Open(RecordPath(key));
            return stream is null ? null : await BoundedCopy.ReadRecordAsync(stream, null, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault(e);
        }
    }

    /// <inheritdoc />
    public Task PutRecordAsync(ContentHash key, byte[] text, CancellationToken cancellation) =>
        PutAsync(RecordPath(key), async to => await to.WriteAsync(text, cancellation).ConfigureAwait(false));

    /// <inheritdoc />
    public Task<bool> HasObjectAsync(OutputFile file, CancellationToken cancellation)
    {
        RequireFolder();
        FileInfo info = new(ObjectPath(file));
        return Task.FromResult(info.Exists && info.Length == file.Size);
    }

    /// <inheritdoc />
    public async Task<bool> GetObjectAsync(OutputFile file, string path, CancellationToken cancellation)
    {
        FileStream? stream;
        try
        {
            stream = Open(ObjectPath(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault(e);
        }

        if (stream is null)
        {
            return false;
        }

        // A failure from here on may as well be the store's own disk: it is not laid at the folder's door.
        await using (stream.ConfigureAwait(false))
        {
            await BoundedCopy.ToFileAsync(stream, file, path, null, cancellation).ConfigureAwait(false);
        }

        return true;
    }

    /// <inheritdoc />
    public Task PutObjectAsync(OutputFile file, string path, CancellationToken cancellation) => PutAsync(ObjectPath(file), async to =>
    {
        using FileStream from = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        await from.CopyToAsync(to, cancellation).ConfigureAwait(false);
    });

    /// <inheritdoc />
    public void Dispose()
    {
        // Nothing is held between calls.
    }

    private string RecordPath(ContentHash key) => Path.Combine(_root, "ac", key.Hex);

    private string ObjectPath(OutputFile file) => Path.Combine(_root, "cas", file.Digest.Hex);

    private FileStream? Open(string path)
    {
        RequireFolder();
        return RegularFile.Is(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1) : null;
    }

    private async Task PutAsync(string path, Func<Stream, Task> write)
    {
        RequireFolder();
        // Not part of any result: a name that no other process has.
        string temporary = Path.Combine(_root, "tmp", RandomNumberGenerator.GetHexString(16, lowercase: true));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(temporary)!);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            try
            {
                using (FileStream to = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1))
                {
                    await write(to).ConfigureAwait(false);
                    to.Flush(flushToDisk: true);
                }

                File.Move(temporary, path, overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault(e);
        }
    }

    private void RequireFolder()
    {
        if (!Directory.Exists(_root))
        {
            throw new SharedStorageException(StorageFault.Unreachable, "the folder is not there; create it, or mount its volume");
        }
    }

    private static SharedStorageException Fault(Exception e) =>
        new(e is UnauthorizedAccessException ? StorageFault.Refused : StorageFault.Unreachable, e.Message, e);
}
