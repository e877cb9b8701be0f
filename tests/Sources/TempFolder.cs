using System.IO.Compression;
using System.Text;
using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Tests;

/// <summary>A folder of source files that goes when the test ends.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sources-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public SourceFile Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public SourceFile Write(string name, byte[] bytes)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, bytes);
        return new SourceFile(path, name, ContentHash.Of(bytes));
    }

    public SourceFile Zip(string name, params (string Entry, string Text)[] entries)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string entry, string text) in entries)
            {
                using Stream target = archive.CreateEntry(entry).Open();
                target.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return Write(name, stream.ToArray());
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }

    public static string Fixture(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Fixtures", name);
}
