using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Code;
using NaturalThoughts.Pipeline.Keys;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Planning;

/// <summary>
/// Says why two outputs differ, by the records of the runs that made them: follows differing inputs up to the first difference of another kind.
/// </summary>
public sealed class OutputCause
{
    private readonly ObjectStore _store;
    private readonly Lazy<Dictionary<string, RunRecord>> _origins;

    /// <param name="store">Whose records are searched.</param>
    public OutputCause(ObjectStore store)
    {
        _store = store;
        _origins = new(Index);
    }

    /// <summary>Such as <c>world-pool of world/pool, parameters.count: 100 -> 120</c>; null where the store does not hold both runs.</summary>
    /// <param name="old">Digest of an output.</param>
    /// <param name="now">Digest of the output that is in its place.</param>
    public string? Between(string old, string now)
    {
        if (!_origins.Value.TryGetValue(old, out RunRecord? before) || !_origins.Value.TryGetValue(now, out RunRecord? after))
        {
            return null;
        }

        string stage = $"{after.StageName} of {after.Address}";
        KeyDifference[] own =
            [.. KeyDifference.Between(before.Document, after.Document).Where(difference => !difference.Path.StartsWith("inputs", StringComparison.Ordinal))];
        if (own.Length > 0)
        {
            return $"{stage}, {(own[0].Path == "code" ? Code(before, after) ?? own[0] : own[0])}"
                + (own.Length > 1 ? FormattableString.Invariant($" (and {own.Length - 1} more)") : "");
        }

        SortedDictionary<string, string> inputs = Inputs(before), others = Inputs(after);
        foreach (string role in inputs.Keys.Union(others.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            string first = inputs.GetValueOrDefault(role, ""), second = others.GetValueOrDefault(role, "");
            if (first != second)
            {
                return Between(first, second) ?? $"{stage}, inputs.{role} is another one";
            }
        }

        return null;
    }

    private KeyDifference? Code(RunRecord before, RunRecord after) =>
        Find(before) is { } old && Find(after) is { } current ? new KeyDifference("code", null, null) { Note = CodeChange.Describe(old, current) } : null;

    private LibraryIdentity? Find(RunRecord record) =>
        ContentHash.TryParse((string?)record.Document["code"], out ContentHash code) ? _store.FindCode(code) : null;

    private static SortedDictionary<string, string> Inputs(RunRecord record)
    {
        SortedDictionary<string, string> digests = new(StringComparer.Ordinal);
        foreach ((string role, JsonNode? input) in record.Document["inputs"]?.AsObject() ?? [])
        {
            if (input is JsonObject folder)
            {
                foreach ((string file, JsonNode? digest) in folder)
                {
                    digests.Add($"{role}.{file}", (string)digest!);
                }
            }
            else
            {
                digests.Add(role, (string)input!);
            }
        }

        return digests;
    }

    // The latest run that made an output, unless its own inputs held it already.
    private Dictionary<string, RunRecord> Index()
    {
        Dictionary<string, RunRecord> origins = new(StringComparer.Ordinal);
        foreach (RunRecord record in _store.History.Read().Select(run => _store.FindRun(run.Key)).OfType<RunRecord>())
        {
            HashSet<string> read = [.. Inputs(record).Values];
            foreach (string digest in record.Outputs.Values.Select(output => output.Digest.Hex).Where(digest => !read.Contains(digest)))
            {
                origins[digest] = record;
            }
        }

        return origins;
    }
}
