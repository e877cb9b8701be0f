using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Code;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Keys;
using NaturalThoughts.Pipeline.Sharing;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Planning;

/// <summary>Says before a run what it would do and why, without running anything.</summary>
/// <param name="graph">The plan.</param>
/// <param name="store">What was run before.</param>
/// <param name="keys">What goes into every key.</param>
/// <param name="code">The present code, for naming the type that changed; null to name none.</param>
/// <param name="shared">Where records and outputs are found that the store lacks; nothing is taken from it. Null for none.</param>
public sealed class Explainer(TargetGraph graph, ObjectStore store, KeyContext keys, CodeIdentity? code = null, SharedCache? shared = null)
{
    private readonly NearestRun _nearest = new(store);
    private readonly Dictionary<string, Explanation> _verdicts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RunRecord> _hits = new(StringComparer.Ordinal);

    /// <summary>Explains the closure of the requested targets, in the plan's order.</summary>
    /// <exception cref="UserErrorException">An address is unknown.</exception>
    public IReadOnlyList<Explanation> Explain(IReadOnlyCollection<string> requested)
    {
        _verdicts.Clear();
        _hits.Clear();
        IReadOnlyList<string> order = graph.Closure(requested);
        foreach (string address in order)
        {
            _verdicts.Add(address, Judge(graph[address]));
        }

        FindLostOutputs(order, new HashSet<string>(requested, StringComparer.Ordinal));
        return [.. order.Select(address => _verdicts[address])];
    }

    private Explanation Judge(Target target)
    {
        string[] open = [.. graph.DependenciesOf(target.Address).Where(address => _verdicts[address].Verdict != RunVerdict.Hit)];
        if (open.Length == 0)
        {
            TargetKey key = TargetKey.Of(target, keys, address => _hits[address].Outputs);
            if (store.FindRun(key.Hash) is { } record)
            {
                _hits.Add(target.Address, record);
                return new Explanation(target.Address, RunVerdict.Hit, "up to date") { Record = record };
            }

            if (shared?.FindRunAsync(key.Hash, CancellationToken.None).GetAwaiter().GetResult() is { } found)
            {
                _hits.Add(target.Address, found);
                return new Explanation(target.Address, RunVerdict.Hit, "in the shared cache") { Record = found };
            }

            return Compare(target, key.Document);
        }

        JsonObject own = TargetKey.Own(target, keys);
        bool isNew = !_nearest.HasAddress(target.Address) && open.Any(address => _verdicts[address].Verdict == RunVerdict.WillRun);
        if (isNew || !_nearest.HasOwn(RunSummary.HashOwn(own)))
        {
            return Compare(target, own);
        }

        return new Explanation(
            target.Address, RunVerdict.MayRun, $"if the output of {string.Join(", ", open.Take(3))}{(open.Length > 3 ? ", ..." : "")} changes");
    }

    private Explanation Compare(Target target, JsonObject document)
    {
        if (_nearest.Find(target, document) is not { } earlier)
        {
            return new Explanation(target.Address, RunVerdict.WillRun, $"the stage '{target.StageName}' was never run");
        }

        JsonObject old = earlier.Document;
        if (!document.ContainsKey("inputs"))
        {
            old = old.DeepClone().AsObject();
            old.Remove("inputs");
        }

        KeyDifference[] differences = [.. KeyDifference.Between(old, document).Select(difference => WithNote(target, earlier, difference))];
        string reason = differences.Length == 0 ? "never run with these inputs"
            : differences.Length == 1 ? differences[0].ToString()
            : FormattableString.Invariant($"{differences[0]} (and {differences.Length - 1} more)");
        string where = earlier.Address == target.Address ? "" : $"never run here; against {earlier.Address}: ";
        return new Explanation(target.Address, RunVerdict.WillRun, where + reason) { Differences = differences, ComparedWith = earlier.Address };
    }

    private KeyDifference WithNote(Target target, RunRecord earlier, KeyDifference difference)
    {
        if (difference.Path == "code"
            && ContentHash.TryParse((string?)earlier.Document["code"], out ContentHash before)
            && store.FindCode(before) is { } old
            && code?.Libraries.FirstOrDefault(library => code.DigestOf(library.Name) == keys.CodeOf(target.StageName)) is { } current)
        {
            return difference with { Note = CodeChange.Describe(old, current) };
        }

        return difference;
    }

    /// <summary>A hit whose outputs are needed by something that runs, but are gone from the store, runs as well.</summary>
    private void FindLostOutputs(IReadOnlyList<string> order, HashSet<string> requested)
    {
        foreach (string address in order.Reverse())
        {
            if (!_hits.TryGetValue(address, out RunRecord? record) || !record.Outputs.Values.Any(output => !store.Exists(output)))
            {
                continue;
            }

            RunVerdict[] readers = [.. order.Where(reader => graph.DependenciesOf(reader).Contains(address)).Select(reader => _verdicts[reader].Verdict)];
            bool needed = requested.Contains(address) || readers.Any(verdict => verdict != RunVerdict.Hit);
            if (!needed || record.Outputs.FirstOrDefault(output => !IsAvailable(output.Value)).Key is not { } lost)
            {
                continue;
            }

            if (requested.Contains(address) || readers.Contains(RunVerdict.WillRun))
            {
                _verdicts[address] = new Explanation(address, RunVerdict.WillRun, $"its output '{lost}' is gone from the store");
            }
            else if (readers.Contains(RunVerdict.MayRun))
            {
                _verdicts[address] = new Explanation(address, RunVerdict.MayRun, $"its output '{lost}' is gone from the store, if a target that reads it runs");
            }
        }
    }

    private bool IsAvailable(OutputFile file) =>
        store.Exists(file) || shared?.HasAsync(file, CancellationToken.None).GetAwaiter().GetResult() == true;
}
