using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using NaturalThoughts.Pipeline.Execution;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Sharing;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Tests.Sharing;

/// <summary>Two checkouts, each with a store of its own: the first gives a run of three targets to a storage, the second takes it.</summary>
internal sealed class SharingBench : IDisposable
{
    public Bench First { get; } = new();

    public Bench Second { get; } = new();

    public ConcurrentQueue<string> Warnings { get; } = new();

    public SharedTraffic Traffic { get; private set; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>a and b are read by c, which is read by d.</summary>
    public static Target[] Plan(string text = "alpha") =>
        [Bench.Source("a", text), Bench.Source("b", "beta"), Bench.From("c", "join", "a", "b"), Bench.From("d", "upper", "c")];

    /// <summary>The clock stands still unless a test moves it: a server that answers may take as long as a busy machine needs.</summary>
    public static HttpStorage Http(FakeServer server, CacheCredentials? credentials = null, TimeProvider? clock = null) =>
        new(server.Url, credentials, Hang.Limit, clock ?? new FakeTimeProvider());

    public async Task<RunReport> RunAsync(Bench bench, ISharedStorage storage, Target[] plan, string request = "d", int jobs = 2)
    {
        using ObjectStore store = bench.Open();
        SharedCache shared = new(store, storage, bench.Catalog, Warnings.Enqueue);
        await using (shared)
        {
            RunReport report = await new Scheduler(new RunSettings
            {
                Store = store,
                Keys = bench.Keys,
                Catalog = bench.Catalog,
                Executor = new InProcessExecutor(bench.Catalog),
                Jobs = jobs,
                Shared = shared,
            }).RunAsync(new TargetGraph(plan), [request]);
            Traffic = shared.Traffic;
            return report;
        }
    }

    public static int Runs(Bench bench) => bench.RunsOf("source") + bench.RunsOf("join") + bench.RunsOf("upper");

    /// <summary>Every object in the second store is what its name says, and every record one of its key.</summary>
    public void AssertSound(Bench bench)
    {
        foreach (string path in Directory.EnumerateFiles(Path.Combine(bench.Root, "objects"), "*", SearchOption.AllDirectories))
        {
            Assert.Equal(Path.GetFileName(path), Contracts.ContentHash.OfFile(path).Hex);
        }

        Assert.Empty(Housekeeping().DamagedRecords);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(bench.Root, "tmp")));

        Pipeline.Housekeeping.StoreContents Housekeeping() => Pipeline.Housekeeping.StoreContents.Read(bench.Root);
    }

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
    }
}
