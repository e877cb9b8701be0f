using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Planning;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Housekeeping;

/// <summary>Records and objects that rules keep: from each root down along the digests of its inputs to the records that made them.</summary>
internal sealed class KeptSet
{
    private readonly StoreContents _contents;
    private readonly KeepRules _rules;
    private readonly Dictionary<ContentHash, RunRecord> _producers = [];

    // Kept with heavy outputs, or without.
    private readonly Dictionary<ContentHash, bool> _visited = [];

    public KeptSet(StoreContents contents, KeepRules rules, IReadOnlyList<RunSummary> history, IReadOnlyList<CachedPlan> plans)
    {
        _contents = contents;
        _rules = rules;
        foreach (RunRecord record in contents.Records.Values.OrderBy(record => record.Started).ThenBy(record => record.Key))
        {
            foreach (OutputFile output in record.Outputs.Values)
            {
                // Of several that made the same bytes the latest.
                _producers[output.Digest] = record;
            }
        }

        HashSet<ContentHash> locked = [.. rules.Locked];
        Dictionary<ContentHash, RunRecord> lockedProducers = [];
        foreach ((RunRecord record, int _) in contents.Records.Values.Select(record => (record, Named: CountLocked(record, locked)))
            .Where(item => item.Named > 0)
            .OrderBy(item => item.Named).ThenBy(item => item.record.Started).ThenBy(item => item.record.Key))
        {
            foreach (OutputFile output in record.Outputs.Values.Where(output => locked.Contains(output.Digest)))
            {
                // A table's file may come out the same of other grades: the run that the lock names most of is the locked one.
                lockedProducers[output.Digest] = record;
            }
        }

        LockedFound = lockedProducers.Count;
        foreach (RunRecord record in lockedProducers.Values)
        {
            Visit(record, rules.Heavy);
        }

        LockedRecords = _visited.Count;
        foreach (ContentHash key in LastRuns(history).Concat(LastPlans(plans)))
        {
            if (contents.Records.TryGetValue(key, out RunRecord? record))
            {
                Visit(record, heavy: true);
            }
        }
    }

    public HashSet<ContentHash> Objects { get; } = [];

    public IReadOnlyCollection<ContentHash> Records => _visited.Keys;

    /// <summary>Locked digests that are in the store.</summary>
    public int LockedFound { get; }

    /// <summary>Records that stay for locks alone.</summary>
    public int LockedRecords { get; }

    private static int CountLocked(RunRecord record, HashSet<ContentHash> locked) =>
        record.Outputs.Values.Select(output => output.Digest).Concat(Digests(record.Document["inputs"])).Count(locked.Contains);

    private IEnumerable<ContentHash> LastRuns(IReadOnlyList<RunSummary> history) => history.Reverse()
        .Where(run => _contents.Records.ContainsKey(run.Key))
        .GroupBy(run => run.Address, StringComparer.Ordinal)
        .SelectMany(runs => runs.Select(run => run.Key).Distinct().Take(_rules.Runs));

    /// <summary>A run that found everything cached is in no history: its plan tells of it.</summary>
    private IEnumerable<ContentHash> LastPlans(IReadOnlyList<CachedPlan> plans) => plans
        .GroupBy(plan => string.Join('\n', plan.Requested), StringComparer.Ordinal)
        .SelectMany(same => same.Take(_rules.Runs))
        .SelectMany(plan => plan.Targets.Select(target => target.Key));

    private void Visit(RunRecord root, bool heavy)
    {
        Stack<RunRecord> open = new([root]);
        while (open.TryPop(out RunRecord? record))
        {
            if (_visited.TryGetValue(record.Key, out bool before) && (before || !heavy))
            {
                continue;
            }

            _visited[record.Key] = heavy;
            Objects.UnionWith(record.Outputs.Where(output => heavy || !_rules.IsHeavy(output.Key)).Select(output => output.Value.Digest));
            foreach (ContentHash input in Digests(record.Document["inputs"]))
            {
                if (_producers.TryGetValue(input, out RunRecord? producer))
                {
                    open.Push(producer);
                }
            }
        }
    }

    private static IEnumerable<ContentHash> Digests(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(entry => Digests(entry.Value)),
        JsonValue value when value.TryGetValue(out string? text) && ContentHash.TryParse(text, out ContentHash digest) => [digest],
        _ => [],
    };
}
