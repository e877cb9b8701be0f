using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Mapping;

/// <summary>Makes questions of rows.</summary>
internal sealed class QuestionMapper
{
    private const int IdDigits = 20;

    private readonly QuestionMap _map;
    private readonly bool _confidential;
    private readonly bool _shuffled;
    private readonly RowValues _values;
    private readonly RowPath? _id;
    private readonly RowPath _text;
    private readonly RowPath? _reference;
    private readonly OptionReader? _options;
    private readonly (string Name, RowPath Path, HashSet<string>? Known)[] _meta;

    /// <param name="map">The map, without errors.</param>
    /// <param name="confidential">True where no message may quote a row, and questions are marked so.</param>
    /// <param name="shuffled">True where options come in the order of <see cref="OptionOrder.Imported"/>; those with a right one of its own always do.</param>
    public QuestionMapper(QuestionMap map, bool confidential, bool shuffled)
    {
        (_map, _confidential, _values) = (map, confidential, new RowValues(confidential));
        _shuffled = shuffled || map.Options?.Correct is not null;
        _id = map.Id is null ? null : RowPath.Parse(map.Id);
        _text = RowPath.Parse(map.Text);
        _reference = map.Reference is null ? null : RowPath.Parse(map.Reference.Field);
        _options = map.Options is null ? null : new OptionReader(map.Options, map.Reference, _values);
        _meta =
        [
            .. map.Meta.Select(entry =>
                (entry.Key, RowPath.Parse(entry.Value), map.Known.TryGetValue(entry.Key, out IReadOnlyList<string>? known)
                    ? known.ToHashSet(StringComparer.Ordinal)
                    : null)),
        ];
    }

    /// <summary>All paths that a row is asked for.</summary>
    public IEnumerable<RowPath> Paths => _map.Paths().Select(path => RowPath.Parse(path.Path));

    /// <exception cref="RefusedRowException">The row is no question.</exception>
    public Question Map(SourceRow row)
    {
        string text = _values.Required(row, _text);
        string? answer = _reference is null ? null : Answer(row);
        (IReadOnlyList<string> options, int right) = _options?.Read(row, answer) ?? ([], 0);
        string id = _id is null ? ContentId(text, options) : _values.Required(row, _id);
        Question question = new(id, text, options.Count == 0 ? answer! : OptionOrder.Letter(right)) { Options = options, Meta = Meta(row) };
        return options.Count > 0 && _shuffled ? OptionOrder.Apply(question, OptionOrder.Imported) : question;
    }

    // Sixteen digits would do for a million questions; twenty leave a chance below 1e-12 of two that are equal.
    private static string ContentId(string text, IReadOnlyList<string> options) =>
        CanonicalJson.Hash(new JsonArray([text, .. options.Select(option => (JsonNode)option)])).Hex[..IdDigits];

    private string Answer(SourceRow row)
    {
        string value = _values.Text(row, _reference!) ?? "";
        if (value.Length == 0 || _map.Reference!.After is not { } mark)
        {
            return value;
        }

        int at = value.LastIndexOf(mark, StringComparison.Ordinal);
        return at >= 0 && value[(at + mark.Length)..].Trim() is { Length: > 0 } answer
            ? answer
            : throw new RefusedRowException(
                "noAnswer", $"Nothing follows a mark {SourceQuote.Of(mark, confidential: false)} in the field '{_reference}'.",
                "Fix the row, or 'after' in the field map.");
    }

    private SortedDictionary<string, string> Meta(SourceRow row)
    {
        SortedDictionary<string, string> meta = new(StringComparer.Ordinal) { [QuestionMeta.Source] = row.Place.Provenance };
        if (_confidential)
        {
            meta[QuestionMeta.Confidential] = "true";
        }

        foreach ((string name, RowPath path, HashSet<string>? known) in _meta)
        {
            if (_values.Text(row, path) is not { } value)
            {
                continue;
            }

            meta[name] = known?.Contains(value) != false
                ? value
                : throw new RefusedRowException(
                    "unknownValue", $"The {name} {_values.Quote(value)} is not among the {known.Count} that are declared.",
                    _confidential ? $"Fix the row, or add it to 'known: {name}'." : NearestName.Hint(value, known));
        }

        return meta;
    }
}
