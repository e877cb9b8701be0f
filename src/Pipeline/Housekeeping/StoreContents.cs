using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Housekeeping;

/// <summary>Everything in a store's folder as it lies there: records are read, objects only listed. Takes no lock and changes nothing.</summary>
public sealed class StoreContents
{
    private StoreContents(string root) => Root = root;

    /// <summary>The store's folder.</summary>
    public string Root { get; }

    /// <summary>The run records by key.</summary>
    public IReadOnlyDictionary<ContentHash, RunRecord> Records { get; private init; } = new Dictionary<ContentHash, RunRecord>();

    /// <summary>Paths in runs/ that are no record of the key that their name says.</summary>
    public IReadOnlyList<string> DamagedRecords { get; private init; } = [];

    /// <summary>Sizes of the objects by digest.</summary>
    public IReadOnlyDictionary<ContentHash, long> Objects { get; private init; } = new Dictionary<ContentHash, long>();

    /// <summary>Paths in objects/ whose names are no digest.</summary>
    public IReadOnlyList<string> StrayFiles { get; private init; } = [];

    /// <summary>Bytes of all objects.</summary>
    public long ObjectBytes => Objects.Values.Sum();

    /// <summary>Bytes that interrupted trainings left to go on from.</summary>
    public long InterruptedBytes { get; private init; }

    /// <summary>Outputs of records whose object has another size, once each, in ordinal order.</summary>
    public IReadOnlyList<(OutputFile Output, long Size)> WrongSizes =>
    [
        .. Records.Values.SelectMany(record => record.Outputs.Values).Distinct()
            .Where(output => Objects.TryGetValue(output.Digest, out long size) && size != output.Size)
            .OrderBy(output => output.Digest)
            .Select(output => (output, Objects[output.Digest])),
    ];

    /// <summary>Outputs of records that are not here: never taken from a shared cache, or removed by Gc.</summary>
    public int Absent =>
        Records.Values.SelectMany(record => record.Outputs.Values).Select(output => output.Digest).Distinct().Count(digest => !Objects.ContainsKey(digest));

    /// <summary>Lists the store in a folder.</summary>
    public static StoreContents Read(string root)
    {
        Dictionary<ContentHash, RunRecord> records = [];
        List<string> damaged = [], stray = [];
        foreach (string path in Files(root, "runs"))
        {
            if (ContentHash.TryParse(Path.GetFileNameWithoutExtension(path), out ContentHash key)
                && RunRecordFormat.Read(File.ReadAllBytes(path), key) is { } record)
            {
                records[key] = record;
            }
            else
            {
                damaged.Add(path);
            }
        }

        Dictionary<ContentHash, long> objects = [];
        foreach (string path in Files(root, "objects"))
        {
            if (ContentHash.TryParse(Path.GetFileName(path), out ContentHash digest))
            {
                objects[digest] = new FileInfo(path).Length;
            }
            else
            {
                stray.Add(path);
            }
        }

        long interrupted = Files(root, ObjectStore.Resume).Sum(path => new FileInfo(path).Length);
        return new StoreContents(Path.GetFullPath(root))
        {
            InterruptedBytes = interrupted,
            Records = records,
            DamagedRecords = damaged,
            Objects = objects,
            StrayFiles = stray,
        };
    }

    private static IEnumerable<string> Files(string root, string folder)
    {
        string path = Path.Combine(root, folder);
        return Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [];
    }
}
