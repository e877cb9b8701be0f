using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Planning;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Housekeeping;

/// <summary>Finds what rules do not keep in a store, and deletes it while no other process uses the store.</summary>
public static class GarbageCollector
{
    /// <summary>What would go; changes nothing.</summary>
    /// <exception cref="UserErrorException">The folder is not a store.</exception>
    public static Garbage Find(string root, KeepRules rules)
    {
        StoreFolder.Require(root);
        StoreContents contents = StoreContents.Read(root);
        IReadOnlyList<(string Path, CachedPlan? Plan)> plans = PlanCache.ReadAll(root);
        KeptSet kept = new(
            contents, rules, new RunHistory(Path.Combine(root, ObjectStore.HistoryFile)).Read(), [.. plans.Select(plan => plan.Plan).OfType<CachedPlan>()]);
        HashSet<ContentHash> gone = [.. contents.Objects.Keys.Where(digest => !kept.Objects.Contains(digest))];
        HashSet<ContentHash> keptRecords = [.. kept.Records];
        RunRecord[] runs =
            [.. contents.Records.Values.Where(record => !keptRecords.Contains(record.Key)).OrderBy(record => record.Started).ThenBy(record => record.Key)];
        RunRecord[] stripped =
            [.. contents.Records.Values.Where(record => keptRecords.Contains(record.Key)).OrderBy(record => record.Address, StringComparer.Ordinal)];
        HashSet<ContentHash> told = [];
        (RunRecord, long)[] strippedBytes = [.. stripped.Select(record => (record, Claim(record))).Where(item => item.Item2 > 0)];
        (RunRecord, long)[] runBytes = [.. runs.Select(record => (record, Claim(record)))];
        ContentHash[] orphans = [.. gone.Where(digest => !told.Contains(digest))];
        HashSet<string> code =
            [.. contents.Records.Values.Where(record => keptRecords.Contains(record.Key)).Select(record => (string?)record.Document["code"] ?? "")];
        long bytes = gone.Sum(digest => contents.Objects[digest]);
        return new Garbage
        {
            Runs = runBytes,
            Stripped = strippedBytes,
            Orphans = (orphans.Length, orphans.Sum(digest => contents.Objects[digest])),
            Interrupted = Interrupted(root, rules.InterruptedSince, contents.Records),
            Damaged = contents.DamagedRecords.Count + contents.StrayFiles.Count,
            KeptRecords = keptRecords.Count,
            LockedRecords = kept.LockedRecords,
            LockedFound = kept.LockedFound,
            KeptObjects = (contents.Objects.Count - gone.Count, contents.ObjectBytes - bytes),
            Objects = gone.Count,
            Bytes = bytes,
            Paths =
            [
                .. plans.Where(plan => plan.Plan?.Targets.All(target => keptRecords.Contains(target.Key)) != true).Select(plan => plan.Path),
                .. contents.DamagedRecords,
                .. runs.Select(record => ObjectStore.RecordPath(root, record.Key)),
                .. gone.Order().Select(digest => ObjectStore.ObjectPath(root, digest)),
                .. contents.StrayFiles,
                .. CodeFiles(root).Where(path => !code.Contains(Path.GetFileNameWithoutExtension(path))),
            ],
        };

        long Claim(RunRecord record) => record.Outputs.Values.Select(output => output.Digest).Distinct()
            .Where(digest => gone.Contains(digest) && told.Add(digest)).Sum(digest => contents.Objects[digest]);
    }

    /// <summary>Deletes what <see cref="Find"/> finds, alone in the store. An interruption leaves a store that is whole.</summary>
    /// <exception cref="UserErrorException">The folder is not a store, or another process is using it.</exception>
    public static Garbage Collect(string root, KeepRules rules, CancellationToken cancellation)
    {
        StoreFolder.Require(root);
        using FileStream alone = StoreFolder.TakeAlone(root);
        Garbage garbage = Find(root, rules);
        foreach (string path in garbage.Paths)
        {
            cancellation.ThrowIfCancellationRequested();
            File.Delete(path);
        }

        foreach ((string folder, long _) in garbage.Interrupted)
        {
            cancellation.ThrowIfCancellationRequested();
            Directory.Delete(folder, recursive: true);
        }

        return garbage;
    }

    // Of stages that were given up, and of one whose process was killed between its record and this clean-up.
    private static (string Folder, long Bytes)[] Interrupted(string root, DateTimeOffset? since, IReadOnlyDictionary<ContentHash, RunRecord> records)
    {
        DirectoryInfo area = new(Path.Combine(root, ObjectStore.Resume));
        HashSet<string> recorded = [.. records.Keys.Select(key => key.Hex)];
        return !area.Exists ? [] :
        [
            .. area.EnumerateDirectories().OrderBy(folder => folder.Name, StringComparer.Ordinal)
                .Select(folder => (folder, Files: folder.GetFiles("*", SearchOption.AllDirectories)))
                .Where(item => recorded.Contains(item.folder.Name) || item.Files.All(file => file.LastWriteTimeUtc < since?.UtcDateTime))
                .Select(item => (item.folder.FullName, item.Files.Sum(file => file.Length))),
        ];
    }

    private static IEnumerable<string> CodeFiles(string root)
    {
        string folder = Path.Combine(root, ObjectStore.CodeFolder);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal) : [];
    }
}
