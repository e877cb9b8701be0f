using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Keys;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Tests.Store;

public sealed class ObjectStoreTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Should_KeepByContent_When_AFileIsAdopted()
    {
        using ObjectStore store = _bench.Open();
        OutputFile file = Put(store, "hello");

        Assert.Equal(new OutputFile(ContentHash.OfText("hello"), 5), file);
        Assert.Equal("hello", File.ReadAllText(store.Find(file)!));
        Assert.True(store.Restore(file, Path.Combine(_bench.Folder, "copy.txt")));
        Assert.Equal("hello", File.ReadAllText(Path.Combine(_bench.Folder, "copy.txt")));
        Assert.Null(store.Find(file with { Digest = ContentHash.OfText("other") }));
    }

    [Fact]
    public void Should_TakeAReadOnlyFile_When_AStageHandsAnInputOn()
    {
        using ObjectStore store = _bench.Open();
        OutputFile file = Put(store, "hello");
        using ScratchFolder scratch = store.NewScratch();
        string copy = Path.Combine(scratch.FullPath, "copy.txt");
        File.Copy(store.Find(file)!, copy); // the mode as well

        // Root may write it anyway; anybody else could not.
        Assert.Equal(file, store.Adopt(copy));
        Assert.True(store.Restore(file, Path.Combine(_bench.Folder, "out.txt")));
        Assert.False(new FileInfo(Path.Combine(_bench.Folder, "out.txt")).IsReadOnly);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(4, 128)]
    public void Should_RefuseAnObject_When_OneBitIsFlipped(int at, byte mask)
    {
        OutputFile file;
        using (ObjectStore store = _bench.Open())
        {
            file = Put(store, "hello");
        }

        byte[] bytes = "hello"u8.ToArray();
        bytes[at] ^= mask;
        File.Delete(_bench.ObjectPath(file));
        File.WriteAllBytes(_bench.ObjectPath(file), bytes);
        using ObjectStore again = _bench.Open();

        Assert.True(again.Exists(file));
        Assert.Null(again.Find(file));
        Assert.False(again.Restore(file, Path.Combine(_bench.Folder, "copy.txt")));
        Assert.False(File.Exists(_bench.ObjectPath(file)));
        Assert.Single(_bench.Warnings);
        Assert.Equal(file, Put(again, "hello"));
        Assert.NotNull(again.Find(file));
    }

    [Fact]
    public void Should_RefuseARecord_When_AnyByteChanges()
    {
        using ObjectStore store = _bench.Open();
        RunRecord record = Record(store);
        store.Record(record);
        string path = Path.Combine(_bench.Root, "runs", record.Key.Hex[..2], record.Key.Hex + ".json");
        byte[] whole = File.ReadAllBytes(path);
        string good = RunRecordFormat.Write(record);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] bytes = [.. whole];
            bytes[i] ^= 4;

            // A damaged blank between values is still the same record; anything else must be seen.
            if (RunRecordFormat.Read(bytes, record.Key) is { } read)
            {
                Assert.Equal(good, RunRecordFormat.Write(read));
            }
        }

        for (int length = 0; length < whole.Length - 2; length += 7)
        {
            Assert.Null(RunRecordFormat.Read(whole.AsSpan(0, length), record.Key));
        }

        File.WriteAllBytes(path, whole[..^5]);
        Assert.Null(store.FindRun(record.Key));
        Assert.False(File.Exists(path));
        Assert.Contains("damaged run record", Assert.Single(_bench.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_GiveBackTheRecord_When_ItIsWhole()
    {
        using ObjectStore store = _bench.Open();
        RunRecord record = Record(store);
        store.Record(record);
        RunRecord read = store.FindRun(record.Key)!;

        Assert.Equal(RunRecordFormat.Write(record), RunRecordFormat.Write(read));
        Assert.Equal(record.Outputs, read.Outputs);
        Assert.Equal(7, Assert.Single(store.History.Read()).GeneratedTokens);
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a\\b")]
    public void Should_RefuseARecord_When_AnOutputLeavesTheFolder(string name)
    {
        using ObjectStore store = _bench.Open();
        RunRecord record = Record(store) with { Outputs = new(StringComparer.Ordinal) { [name] = Put(store, "x") } };

        Assert.Null(RunRecordFormat.Read(System.Text.Encoding.UTF8.GetBytes(RunRecordFormat.Write(record)), record.Key));
    }

    [Fact]
    public void Should_NotRecord_When_AnOutputIsNotInTheStore()
    {
        using ObjectStore store = _bench.Open();
        RunRecord record = Record(store);
        File.Delete(_bench.ObjectPath(record.Outputs["out.txt"]));

        Assert.Throws<InvalidOperationException>(() => store.Record(record));
        Assert.Null(store.FindRun(record.Key));
    }

    [Fact]
    public void Should_PassOverBadLines_When_TheHistoryIsDamaged()
    {
        using ObjectStore store = _bench.Open();
        RunRecord record = Record(store);
        store.Record(record);
        string path = Path.Combine(_bench.Root, "history");
        File.AppendAllText(path, File.ReadAllText(path)[..50]);
        store.Record(record);

        Assert.Equal(2, store.History.Read().Count);
    }

    [Fact]
    public void Should_SweepWhatDeadProcessesLeft_When_Opened()
    {
        using ObjectStore living = _bench.Open();
        using ScratchFolder scratch = living.NewScratch();
        using KeyLock held = living.TryLock(ContentHash.OfText("held"))!;
        string dead = Directory.CreateDirectory(Path.Combine(_bench.Root, "tmp", "dead", "out")).FullName;
        File.WriteAllText(Path.Combine(dead, "half.txt"), "half");
        File.WriteAllText(Path.Combine(_bench.Root, "tmp", "other.lock"), "");
        File.WriteAllText(Path.Combine(_bench.Root, "locks", ContentHash.OfText("dead").Hex), "");
        using (ObjectStore second = _bench.Open())
        {
            Assert.False(Directory.Exists(Path.Combine(_bench.Root, "tmp", "dead")));
            Assert.False(File.Exists(Path.Combine(_bench.Root, "tmp", "other.lock")));
            Assert.True(Directory.Exists(scratch.FullPath));
            Assert.Null(second.TryLock(ContentHash.OfText("held")));
            second.TryLock(ContentHash.OfText("dead"))!.Dispose();
        }

        held.Dispose();
        living.TryLock(ContentHash.OfText("held"))!.Dispose();
    }

    [Fact]
    public void Should_RemoveDeadLocks_When_OpenedAlone()
    {
        using (_bench.Open())
        {
        }

        File.WriteAllText(Path.Combine(_bench.Root, "locks", ContentHash.OfText("dead").Hex), "");
        using ObjectStore store = _bench.Open();

        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_bench.Root, "locks")));
    }

    [Fact]
    public void Should_RemoveOnlyStores_When_Cleaning()
    {
        Assert.False(StoreFolder.Clean(_bench.Root));
        using (_bench.Open())
        {
            Assert.Contains("using the store", Assert.Throws<UserErrorException>(() => StoreFolder.Clean(_bench.Root)).Message, StringComparison.Ordinal);
        }

        Assert.True(StoreFolder.Clean(_bench.Root));
        Assert.False(Directory.Exists(_bench.Root));

        string home = Directory.CreateDirectory(Path.Combine(_bench.Folder, "home")).FullName;
        File.WriteAllText(Path.Combine(home, "thesis.txt"), "years of work");
        Assert.Contains("is not a store", Assert.Throws<UserErrorException>(() => StoreFolder.Clean(home)).Message, StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => new ObjectStore(home));
        Assert.Equal(["thesis.txt"], Directory.EnumerateFileSystemEntries(home).Select(Path.GetFileName));
    }

    [Fact]
    public void Should_SayWhatToDo_When_TheFolderCannotBeMade()
    {
        string file = Path.Combine(_bench.Folder, "file");
        File.WriteAllText(file, "");
        Assert.Throws<UserErrorException>(() => new ObjectStore(Path.Combine(file, "store")));
        using (_bench.Open())
        {
        }

        File.WriteAllText(Path.Combine(_bench.Root, StoreFolder.Marker), "99\n");
        Assert.Contains("'99'", Assert.Throws<UserErrorException>(_bench.Open).Message, StringComparison.Ordinal);
    }

    private static OutputFile Put(ObjectStore store, string text)
    {
        using ScratchFolder scratch = store.NewScratch();
        string path = Path.Combine(scratch.FullPath, "out.txt");
        File.WriteAllText(path, text);
        return store.Adopt(path);
    }

    private static RunRecord Record(ObjectStore store)
    {
        JsonObject document = new() { ["stage"] = "s", ["parameters"] = new JsonObject { ["rate"] = 1e-5, ["text"] = "a \"ü\"\n" } };
        return new RunRecord
        {
            Key = CanonicalJson.Hash(document),
            Document = document,
            Outputs = new(StringComparer.Ordinal) { ["out.txt"] = Put(store, "x"), ["deep/b.txt"] = Put(store, "y") },
            Address = "world/pool",
            Result = new StageResult { Counts = new(StringComparer.Ordinal) { [StageResult.GeneratedTokens] = 7 }, Warnings = ["one", "two"] },
            Started = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Duration = TimeSpan.FromSeconds(1.25),
            Circumstances = new JsonObject { ["host"] = "h" },
        };
    }
}
