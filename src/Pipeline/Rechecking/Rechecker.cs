using System.Diagnostics;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Execution;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Keys;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Rechecking;

/// <summary>
/// Checks by doing it twice: executes cached targets again, in a folder of its own and as a run would, and compares every output with the
/// stored one. Records nothing and changes nothing in the store.
/// </summary>
/// <param name="settings">What a run works with.</param>
/// <param name="graph">The plan.</param>
public sealed class Rechecker(RunSettings settings, TargetGraph graph)
{
    private readonly Dictionary<string, RunRecord> _records = new(StringComparer.Ordinal);

    /// <summary>
    /// What a differing file of a known format says; null for a file of another format. Asked before <see cref="FileDifference"/>.
    /// </summary>
    public Func<string, string, string, OutputDifference?> Reader { get; init; } = (_, _, _) => null;

    /// <summary>The addresses among the given ones that can be checked: recorded under their present key, inputs and outputs in the store.</summary>
    public IReadOnlyList<string> Cached(IReadOnlyCollection<string> addresses)
    {
        _records.Clear();
        foreach (string address in graph.Closure(addresses))
        {
            if (graph.DependenciesOf(address).All(_records.ContainsKey)
                && settings.Store.FindRun(TargetKey.Of(graph[address], settings.Keys, input => _records[input].Outputs).Hash) is { } record)
            {
                _records.Add(address, record);
            }
        }

        HashSet<string> named = [.. addresses];
        return [.. graph.Order.Where(address => named.Contains(address) && _records.ContainsKey(address) && IsWhole(address))];
    }

    /// <summary>Draws targets without replacement; all of them where there are no more.</summary>
    public static IReadOnlyList<string> Draw(IReadOnlyList<string> cached, int count, SeededRandom random)
    {
        List<string> order = [.. cached];
        random.Shuffle(order);
        return [.. order.Take(count)];
    }

    /// <summary>Executes a target that <see cref="Cached"/> named and compares.</summary>
    /// <exception cref="StageFailedException">The stage failed this time.</exception>
    public async Task<RecheckResult> RunAsync(string address, CancellationToken cancellation)
    {
        Target target = graph[address];
        RunRecord record = _records[address];
        RunNode node = new(target, requested: true)
        {
            Bound = graph.DependenciesOf(address)
                .ToDictionary(input => input, input => (IReadOnlyDictionary<string, OutputFile>)_records[input].Outputs, StringComparer.Ordinal),
        };
        using ScratchFolder scratch = settings.Store.NewScratch();
        List<string> incomplete = [];
        Dictionary<string, string> inputs = await InputBinder.BindAsync(settings, scratch, node, incomplete, cancellation).ConfigureAwait(false);
        if (incomplete.Count > 0)
        {
            throw new StageFailedException(
                [new UserError($"The stored outputs of {string.Join(", ", incomplete)} are damaged.", address, "Run the target; they are made again.")], null);
        }

        long start = Stopwatch.GetTimestamp();
        string folder = scratch.Subfolder("out");
        StageJob job = StageJob.Of(target, inputs, folder, settings.Device) with
        {
            // Done again from the calls that are kept: a check spends nothing.
            Remote = settings.Catalog(target.StageName).Description.CallsModels
                ? (settings.Calls ?? new RemoteCalls(settings.Store.CallsFolder)) with { Offline = true }
                : null,
        };
        await settings.Executor.ExecuteAsync(job, null, cancellation).ConfigureAwait(false);
        return new RecheckResult(address, target.StageName, record.Outputs.Count, Stopwatch.GetElapsedTime(start), Compare(record, folder));
    }

    private bool IsWhole(string address) =>
        _records[address].Outputs.Values.All(settings.Store.Exists)
        && graph.DependenciesOf(address).All(input => _records[input].Outputs.Values.All(settings.Store.Exists));

    private List<OutputDifference> Compare(RunRecord record, string folder)
    {
        List<OutputDifference> differences = [];
        string[] made =
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/')),
        ];
        foreach (string name in record.Outputs.Keys.Union(made, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            string path = Path.Combine(folder, name);
            if (!record.Outputs.TryGetValue(name, out OutputFile stored) || !File.Exists(path))
            {
                bool extra = File.Exists(path);
                differences.Add(new OutputDifference(name, "the whole file", extra ? "" : "a file", extra ? "a file" : ""));
            }
            else if (ContentHash.OfFile(path) != stored.Digest)
            {
                differences.Add(settings.Store.Find(stored) is { } old
                    ? Reader(name, old, path) ?? FileDifference.Find(name, old, path)!
                    : new OutputDifference(name, "the stored file, which is damaged", stored.Digest.Short, ContentHash.OfFile(path).Short));
            }
        }

        return differences;
    }
}
