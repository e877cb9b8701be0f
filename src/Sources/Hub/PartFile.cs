namespace NaturalThoughts.Sources.Hub;

/// <summary>What is on disk of a file that is being downloaded: its first bytes, and beside them the version (ETag) that they are of.</summary>
/// <param name="path">The path of the whole file.</param>
internal sealed class PartFile(string path)
{
    private readonly string _part = path + ".part";
    private readonly string _version = path + ".part.etag";

    /// <summary>The path of the partial file.</summary>
    public string FullName => _part;

    /// <summary>The bytes that are there of a known version; 0 where the next download must begin anew.</summary>
    public long Length => Version is not null && File.Exists(_part) ? new FileInfo(_part).Length : 0;

    /// <summary>The version that the bytes are of; null where it is not known.</summary>
    public string? Version => File.Exists(_version) && File.ReadAllText(_version) is { Length: > 0 } text ? text : null;

    /// <summary>Opens it for the bytes from an offset.</summary>
    /// <param name="from">Where the next byte goes: the length, or 0.</param>
    /// <param name="version">The version of the bytes to come; null where the server names none, so that they cannot be continued later.</param>
    public FileStream Open(long from, string? version)
    {
        if (from == 0)
        {
            Remove();
        }

        File.WriteAllText(_version, version ?? "");
        FileStream stream = new(_part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        stream.SetLength(from);
        stream.Position = from;
        return stream;
    }

    /// <summary>Gives it the file's own name.</summary>
    public void Keep()
    {
        File.Move(_part, path, overwrite: true);
        File.Delete(_version);
    }

    /// <summary>Deletes the partial file and its version.</summary>
    public void Remove()
    {
        File.Delete(_part);
        File.Delete(_version);
    }
}
