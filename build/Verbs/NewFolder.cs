using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Verbs;

/// <summary>
/// A folder that a verb writes, such as the one that <c>--to</c> names. It is made beside its place and appears there when it is whole, or not at all.
/// </summary>
internal sealed class NewFolder : IDisposable
{
    private readonly string _part;
    private readonly bool _replaces;

    /// <param name="path">Its place.</param>
    /// <param name="replaces">True for a place of ours, where an earlier folder is replaced.</param>
    /// <exception cref="UserErrorException">There is a file of that name, or a folder that is not empty.</exception>
    public NewFolder(string path, bool replaces = false)
    {
        _replaces = replaces;
        FullName = Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar);
        if (File.Exists(FullName) || (!replaces && Directory.Exists(FullName) && Directory.EnumerateFileSystemEntries(FullName).Any()))
        {
            throw new UserErrorException($"'{FullName}' is there already.", "--to", "Name a new or an empty folder.");
        }

        _part = FullName + ".part";
        Clear();
        Directory.CreateDirectory(_part);
    }

    /// <summary>The full path of the folder.</summary>
    public string FullName { get; }

    /// <summary>The path of a file that is to be in the folder, named with forward slashes; its own folder is there.</summary>
    public string PathOf(string name)
    {
        string path = Path.Combine(_part, Path.Combine(name.Split('/')));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Moves the folder to its place.</summary>
    /// <returns>Bytes of its files.</returns>
    public long Keep()
    {
        long bytes = new DirectoryInfo(_part).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        if (Directory.Exists(FullName))
        {
            Directory.Delete(FullName, recursive: _replaces);
        }

        Directory.Move(_part, FullName);
        return bytes;
    }

    /// <summary>Deletes what was written and not kept.</summary>
    public void Dispose() => Clear();

    private void Clear()
    {
        if (Directory.Exists(_part))
        {
            Directory.Delete(_part, recursive: true);
        }
    }
}
