using System.Globalization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Store;

/// <summary>
/// Digests of files outside of the store, such as a model of many gigabytes: read once, then known by path, size and time of the last
/// change. Whoever takes such a file into the store checks the digest again, so that a wrong guess here is an error there.
/// </summary>
/// <param name="path">A small file that remembers them; made where there is none.</param>
/// <param name="say">Is told before a file of more than a gigabyte is read; null for nobody.</param>
public sealed class SourceDigests(string path, Action<string>? say = null)
{
    private const long Large = 1L << 30;

    /// <summary>The digest of a file.</summary>
    /// <exception cref="UserErrorException">The file cannot be read.</exception>
    public ContentHash Of(string file)
    {
        string full = Path.GetFullPath(file);
        FileInfo info = new(full);
        try
        {
            string known = string.Create(CultureInfo.InvariantCulture, $"\t{info.Length}\t{info.LastWriteTimeUtc.Ticks}\t{full}");
            foreach (string line in File.Exists(path) ? File.ReadLines(path) : [])
            {
                if (line.EndsWith(known, StringComparison.Ordinal) && ContentHash.TryParse(line[..^known.Length], out ContentHash digest))
                {
                    return digest;
                }
            }

            if (info.Length > Large)
            {
                say?.Invoke(string.Create(CultureInfo.InvariantCulture, $"Reading {full} for its digest, {info.Length / (double)Large:0.0} GiB; once."));
            }

            ContentHash read = ContentHash.OfFile(full);
            File.AppendAllText(path, read.Hex + known + "\n");
            return read;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The file cannot be read: {e.Message}", full);
        }
    }
}
