using NaturalThoughts.Contracts;

namespace NaturalThoughts.Sources.Reading;

/// <summary>The files that a stage reads, as its parameters name them: <c>{"files": {"test.jsonl": "ab12..."}, "format": "jsonl"}</c>.</summary>
/// <param name="Files">Name below the bound folder to the SHA-256 of the bytes (64 lower-case hexadecimal digits): the key is that of the bytes wherever they
/// lie.</param>
/// <param name="Format">One of <see cref="RowFormats.Known"/>.</param>
public sealed record SourceOptions(SortedDictionary<string, string> Files, string Format)
{
    /// <summary>The role that the folder of the files is bound to.</summary>
    public const string Role = "source";

    /// <summary>The entries of zip files to read; see <see cref="RowRequest.Entries"/>.</summary>
    public IReadOnlyList<string>? Entries { get; init; }

    /// <summary>What is wrong with the options themselves.</summary>
    public IEnumerable<UserError> Validate()
    {
        if (Files.Count == 0)
        {
            yield return new UserError("No file is named.", "source.files", "Name at least one file.");
        }

        if (!RowFormats.Known.Contains(Format))
        {
            yield return new UserError($"There is no format '{Format}'.", "source.format", NearestName.Hint(Format, RowFormats.Known));
        }

        foreach ((string name, string digest) in Files)
        {
            if (!ContentHash.TryParse(digest, out _))
            {
                yield return new UserError($"'{digest}' is not a SHA-256 digest.", $"source.files.{name}", "Write 64 lower-case hexadecimal digits.");
            }
        }
    }

    /// <summary>The files in the order of their names, numbers by value (<c>rs2</c> before <c>rs10</c>), each checked against its digest.</summary>
    /// <param name="folder">The folder that holds them.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="UserErrorException">A file is missing or has other bytes.</exception>
    public IReadOnlyList<SourceFile> Open(string folder, CancellationToken cancellation = default)
    {
        List<SourceFile> files = [];
        foreach ((string name, string digest) in Files.OrderBy(file => file.Key, NaturalOrder.Instance))
        {
            cancellation.ThrowIfCancellationRequested();
            SourceFile file = new(Path.Combine(folder, name), name, ContentHash.Parse(digest));
            if (!File.Exists(file.Path))
            {
                throw new UserErrorException(
                    "The file is not there.", file.Path,
                    "Get it; docs/benchmarks.md says where from. NATURALTHOUGHTS_DATA names the folder of benchmarks' data and of what is called data/...");
            }

            ContentHash found = ContentHash.OfFile(file.Path);
            if (found != file.Digest)
            {
                throw new UserErrorException(
                    $"The SHA-256 of the file is {found.Hex}, not {digest} as declared.",
                    file.Path,
                    "The download may not be complete, or its owner published another version: get the declared one, or declare the new digest.");
            }

            files.Add(file);
        }

        return files;
    }

    /// <summary>The rows of all files, in order.</summary>
    /// <param name="files">What <see cref="Open"/> gave.</param>
    /// <param name="paths">The paths that will be looked at, so that other columns need not be read.</param>
    /// <param name="cancellation">Asks to stop.</param>
    public IEnumerable<SourceRow> Rows(IEnumerable<SourceFile> files, IEnumerable<RowPath> paths, CancellationToken cancellation = default)
    {
        IRowReader reader = RowFormats.Reader(Format);
        RowRequest request = new() { Fields = paths.Select(path => path.Root).ToHashSet(StringComparer.Ordinal), Entries = Entries };
        return files.SelectMany(file => reader.Read(file, request, cancellation));
    }
}
