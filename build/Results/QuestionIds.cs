using System.Collections.Concurrent;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Records;

namespace NaturalThoughts.Build.Results;

/// <summary>The ids of benchmarks' questions, out of the store: outcomes files hold their order and their digest only.</summary>
internal sealed class QuestionIds
{
    private const string File = WorldBenchmarkStage.Output;
    private readonly ObjectStore _store;
    private readonly Lazy<ILookup<string, RunSummary>> _runs;
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>?> _known = new(StringComparer.Ordinal);

    /// <param name="store">Where benchmarks may be.</param>
    public QuestionIds(ObjectStore store)
    {
        _store = store;
        _runs = new(() => store.History.Read().Reverse().ToLookup(run => run.Address.Split('/')[^1], StringComparer.Ordinal));
    }

    /// <summary>The ids in ordinal order; null where the store has no run of the benchmark with these questions.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="digest">Digest of the ids, one a line.</param>
    public IReadOnlyList<string>? Find(string benchmark, string digest) => _known.GetOrAdd(digest, _ => _runs.Value[benchmark]
        .Select(run => _store.FindRun(run.Key))
        .Where(record => record?.Outputs.ContainsKey(File) == true)
        .Select(record => _store.Find(record!.Outputs[File]) is { } path
            ? JsonLines.Read<Question>(path).Select(question => question.Id).Order(StringComparer.Ordinal).ToArray()
            : [])
        .FirstOrDefault(ids => ContentHash.OfText(string.Concat(ids.Select(id => id + "\n"))).Hex == digest));
}
