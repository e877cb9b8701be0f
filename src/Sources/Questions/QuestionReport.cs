using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Questions;

/// <summary>What an import of questions found, in counts.</summary>
internal sealed class QuestionReport(QuestionMap map)
{
    public const string FileName = "report.json";

    /// <summary>Values of one name of meta that are counted; more are given as their number alone.</summary>
    private const int MostValues = 200;

    private readonly SortedDictionary<string, long> _options = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedDictionary<string, long>> _meta = new(StringComparer.Ordinal);
    private readonly long[] _right = new long[26];
    private long _equalOptions;
    private long _withoutReference;

    public long Questions { get; private set; }

    public IEnumerable<string> Warnings
    {
        get
        {
            if (_equalOptions > 0)
            {
                yield return FormattableString.Invariant($"{_equalOptions} questions have two options with the same text.");
            }

            if (_withoutReference > 0)
            {
                yield return FormattableString.Invariant(
                    $"{_withoutReference} of {Questions} questions have no reference answer; ShortReference does not select them.");
            }
        }
    }

    public void Add(Question question)
    {
        Questions++;
        _withoutReference += question.Reference.Length == 0 ? 1 : 0;
        Increment(_options, question.Options.Count.ToString("00", CultureInfo.InvariantCulture));
        if (question.Options.Count > 0)
        {
            _right[question.Reference[0] - 'A']++;
            _equalOptions += question.Options.Distinct(StringComparer.Ordinal).Count() < question.Options.Count ? 1 : 0;
        }

        foreach (string name in map.Meta.Keys.Where(question.Meta.ContainsKey))
        {
            _meta.TryAdd(name, new(StringComparer.Ordinal));
            SortedDictionary<string, long> values = _meta[name];
            if (values.Count <= MostValues || values.ContainsKey(question.Meta[name]))
            {
                Increment(values, question.Meta[name]);
            }
        }
    }

    public JsonObject ToJson(IReadOnlyList<SourceFile> files, Refusals refusals)
    {
        JsonObject meta = [];
        foreach ((string name, SortedDictionary<string, long> values) in _meta)
        {
            meta[name] = values.Count > MostValues ? $"more than {MostValues} values" : Counts(values);
        }

        JsonObject report = new()
        {
            ["files"] = new JsonArray([.. files.Select(file => new JsonObject { ["name"] = file.Name, ["sha256"] = file.Digest.Hex })]),
            ["rows"] = refusals.Seen,
            ["questions"] = Questions,
            ["refused"] = Counts(refusals.Counts),
            ["options"] = Counts(_options),
            ["meta"] = meta,
        };
        if (_withoutReference > 0)
        {
            report["withoutReference"] = _withoutReference;
        }

        if (_right.Any(count => count > 0))
        {
            report["right"] = Counts(
                _right.Select((count, i) => (Letter: OptionOrder.Letter(i), Count: count)).Where(entry => entry.Count > 0)
                    .ToDictionary(entry => entry.Letter, entry => entry.Count));
        }

        return report;
    }

    private static JsonObject Counts(IEnumerable<KeyValuePair<string, long>> counts) =>
        new(counts.Select(count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value)));

    private static void Increment(SortedDictionary<string, long> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
