using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Mapping;

/// <summary>Which values of a row make a question; each is a <see cref="RowPath"/>.</summary>
public sealed record QuestionMap
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The question's id; null where the source has none: the id is then the content hash of the text and the options.</summary>
    public string? Id { get; init; }

    /// <summary>The question without its options.</summary>
    public required string Text { get; init; }

    /// <summary>The reference answer; null where <see cref="Options"/> name the right option themselves.</summary>
    public ReferenceMap? Reference { get; init; }

    /// <summary>The options; null for free answers.</summary>
    public OptionsMap? Options { get; init; }

    /// <summary>
    /// What the source knows beside: name in <c>Question.Meta</c> to path, such as <c>category</c>, <c>subfield</c>, <c>field</c>, <c>discipline</c>,
    /// <c>difficulty</c>, <c>level</c>, <c>subject</c>.
    /// </summary>
    public SortedDictionary<string, string> Meta { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Names of <see cref="Meta"/> to the values that may occur; another value refuses the row. Names that are not here take any.</summary>
    public SortedDictionary<string, IReadOnlyList<string>> Known { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What is wrong with the map itself; locations are keys such as <c>map.text</c>.</summary>
    public IEnumerable<UserError> Validate()
    {
        List<UserError> errors = [.. MapPaths.Validate(Paths().Select(path => (path.Key, path.Path)))];
        if (Options?.Correct is null == Reference is null)
        {
            errors.Add(new UserError(
                Reference is null ? "The map does not say what the right answer is." : "The map names the right answer twice.",
                "map.reference",
                "Give 'reference', or 'correct' and 'incorrect' in 'options'."));
        }

        errors.AddRange(Options?.Validate() ?? []);
        errors.AddRange(Reference?.Validate(Options is not null) ?? []);
        foreach (string name in Meta.Keys.Where(QuestionMeta.Reserved.Contains))
        {
            errors.Add(new UserError($"'{name}' is written by the import itself.", $"map.meta.{name}", "Choose another name."));
        }

        foreach (string name in Known.Keys.Where(name => !Meta.ContainsKey(name)))
        {
            errors.Add(new UserError($"'{name}' is not among the names of 'meta'.", $"map.known.{name}", NearestName.Hint(name, Meta.Keys)));
        }

        return errors;
    }

    /// <summary>The map as the parameter of a stage.</summary>
    public JsonObject ToJson() => (JsonObject)JsonSerializer.SerializeToNode(this, Json)!;

    internal IEnumerable<(string Key, string Path)> Paths() =>
    [
        .. Id is null ? [] : new[] { ("map.id", Id) },
        ("map.text", Text),
        .. Reference is null ? [] : new[] { ("map.reference.field", Reference.Field) },
        .. Options?.Paths() ?? [],
        .. Meta.Select(entry => ($"map.meta.{entry.Key}", entry.Value)),
    ];
}
