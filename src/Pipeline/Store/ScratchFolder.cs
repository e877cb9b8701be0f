namespace NaturalThoughts.Pipeline.Store;

/// <summary>A folder inside the store for one run; removed when it is disposed.</summary>
public sealed class ScratchFolder : IDisposable
{
    internal ScratchFolder(string path)
    {
        FullPath = path;
        Directory.CreateDirectory(path);
    }

    /// <summary>The full path of the folder.</summary>
    public string FullPath { get; }

    /// <summary>Makes an empty folder in it.</summary>
    public string Subfolder(string name) => Directory.CreateDirectory(Path.Combine(FullPath, name)).FullName;

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            Directory.Delete(FullPath, recursive: true);
        }
        catch (IOException)
        {
            // A stage that was given up may still write here: what is left goes at the next start.
        }
    }
}
