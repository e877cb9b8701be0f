using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Keys;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Planning;

/// <summary>
/// Finds the earlier run that a target is compared with: of the last few at its address, else of those of its
/// stage with the most alike addresses, the one with the fewest differences; the latest of equals.
/// </summary>
internal sealed class NearestRun
{
    private const int Compared = 5;
    private readonly ObjectStore _store;
    private readonly ILookup<string, RunSummary> _byAddress;
    private readonly ILookup<string, RunSummary> _byStage;
    private readonly HashSet<ContentHash> _own;

    public NearestRun(ObjectStore store)
    {
        _store = store;
        IReadOnlyList<RunSummary> runs = store.History.Read();
        _byAddress = runs.Reverse().ToLookup(run => run.Address, StringComparer.Ordinal);
        _byStage = runs.Reverse().ToLookup(run => run.StageName);
        _own = [.. runs.Select(run => run.Own)];
    }

    public bool HasAddress(string address) => _byAddress.Contains(address);

    public bool HasOwn(ContentHash own) => _own.Contains(own);

    public RunRecord? Find(Target target, JsonObject document)
    {
        string[] segments = target.Address.Split('/');
        return Best(_byAddress[target.Address].Where(run => run.StageName == target.StageName), document)
            ?? Best(
                _byStage[target.StageName].OrderByDescending(run => run.Address.Split('/').Zip(segments).Count(pair => pair.First == pair.Second)), document);
    }

    private RunRecord? Best(IEnumerable<RunSummary> runs, JsonObject document) => runs
        .Take(Compared)
        .Select(run => _store.FindRun(run.Key))
        .OfType<RunRecord>()
        .MinBy(record => KeyDifference.Between(record.Document, document).Count);
}
