using System.Text;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Code;

namespace NaturalThoughts.Pipeline.Store;

public sealed partial class ObjectStore
{
    /// <summary>The folder of complete plans.</summary>
    internal const string Plans = "plans";

    /// <summary>The file of recorded runs.</summary>
    internal const string HistoryFile = "history";

    /// <summary>The folder of what interrupted stages left to go on from, a folder for each key.</summary>
    internal const string Resume = "resume";

    /// <summary>The folder of details behind code digests.</summary>
    internal const string CodeFolder = "code";

    private RunHistory? _history;

    /// <summary>Every recorded run in a few words, for estimates and explanations.</summary>
    public RunHistory History => _history ??= new RunHistory(Path.Combine(Root, HistoryFile));

    /// <summary>The record of a key; null where there is none. A damaged record is named in a warning and removed.</summary>
    public RunRecord? FindRun(ContentHash key)
    {
        string path = RecordPath(key);
        byte[] text;
        try
        {
            text = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        if (RunRecordFormat.Read(text, key) is { } record)
        {
            return record;
        }

        Discard(path, "is a damaged run record");
        return null;
    }

    /// <summary>True when every output of the record is there with the content that the record names; reads them all.</summary>
    public bool HasVerified(RunRecord record)
    {
        // All of them, so that every damaged one is named at once.
        bool all = true;
        foreach (OutputFile output in record.Outputs.Values)
        {
            all &= Find(output) is not null;
        }

        return all;
    }

    /// <summary>Records a run whose outputs are all in the store.</summary>
    /// <exception cref="InvalidOperationException">An output is not in the store.</exception>
    public void Record(RunRecord record)
    {
        foreach ((string name, OutputFile output) in record.Outputs)
        {
            if (!Exists(output))
            {
                throw new InvalidOperationException($"The output '{name}' of '{record.Address}' is not in the store.");
            }
        }

        Keep(record);
    }

    /// <summary>Keeps a record whose outputs may be elsewhere; <see cref="Find"/> says which are here.</summary>
    internal void Keep(RunRecord record)
    {
        WriteWhole(RecordPath(record.Key), Encoding.UTF8.GetBytes(RunRecordFormat.Write(record)));
        History.Append(RunSummary.Of(record));
    }

    /// <summary>Keeps the details behind a code digest, so that a later change can be named by its type.</summary>
    public void KeepCode(LibraryIdentity library)
    {
        string path = CodePath(library.Digest);
        if (!File.Exists(path))
        {
            WriteWhole(path, Encoding.UTF8.GetBytes(CanonicalJson.WriteIndented(library.ToJson())));
        }
    }

    /// <summary>The details behind a code digest; null when they were never kept or are damaged.</summary>
    public LibraryIdentity? FindCode(ContentHash digest)
    {
        string path = CodePath(digest);
        if (!File.Exists(path))
        {
            return null;
        }

        LibraryIdentity? library = LibraryIdentity.TryRead(File.ReadAllBytes(path));
        return library?.Digest == digest ? library : null;
    }

    /// <summary>Keeps a plan by its digest and removes the oldest beyond a number.</summary>
    internal void KeepPlan(ContentHash digest, ReadOnlySpan<byte> plan, int kept)
    {
        WriteWhole(Path.Combine(Root, Plans, digest.Hex), plan);
        foreach (FileInfo old in new DirectoryInfo(Path.Combine(Root, Plans)).EnumerateFiles().OrderByDescending(file => file.LastWriteTimeUtc).Skip(kept))
        {
            old.Delete();
        }
    }

    /// <summary>Where a record lies in a store.</summary>
    internal static string RecordPath(string root, ContentHash key) => Path.Combine(root, "runs", key.Hex[..2], key.Hex + ".json");

    private string RecordPath(ContentHash key) => RecordPath(Root, key);

    private string CodePath(ContentHash digest) => Path.Combine(Root, CodeFolder, digest.Hex + ".json");
}
