using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Sharing;

/// <summary>
/// Where several stores leave records by key and objects by content for each other. It is not trusted: what comes from it is checked by
/// <see cref="SharedCache"/>. Every member throws a <see cref="SharedStorageException"/> when it cannot do its work.
/// </summary>
public interface ISharedStorage : IDisposable
{
    /// <summary>What messages call it; without credentials.</summary>
    string Name { get; }

    /// <summary>The text of a record; null where there is none.</summary>
    Task<byte[]?> GetRecordAsync(ContentHash key, CancellationToken cancellation);

    /// <summary>Leaves a record, over an older one.</summary>
    Task PutRecordAsync(ContentHash key, byte[] text, CancellationToken cancellation);

    /// <summary>True when an object is there, with this size where the storage tells sizes.</summary>
    Task<bool> HasObjectAsync(OutputFile file, CancellationToken cancellation);

    /// <summary>Writes an object's bytes to a new file, unverified but of the right size; false where there is none.</summary>
    Task<bool> GetObjectAsync(OutputFile file, string path, CancellationToken cancellation);

    /// <summary>Leaves an object, which becomes visible whole or not at all.</summary>
    Task PutObjectAsync(OutputFile file, string path, CancellationToken cancellation);
}
