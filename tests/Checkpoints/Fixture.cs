namespace NaturalThoughts.Checkpoints.Tests;

/// <summary>Paths of fixtures, and a temporary folder that is removed with the test.</summary>
internal sealed class Fixture : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("checkpoints-").FullName;

    public static string Path(params string[] parts) => System.IO.Path.Combine([AppContext.BaseDirectory, "Fixtures", .. parts]);

    public string File(string name, string text)
    {
        string path = System.IO.Path.Combine(Folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
