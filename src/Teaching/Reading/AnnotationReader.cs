using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Teaching.Reading;

/// <summary>The fields that an annotator is asked for: their JSON schema, and how they are read.</summary>
/// <param name="fields">Some of <see cref="All"/>.</param>
/// <param name="domains">The domains to choose from.</param>
public sealed class AnnotationReader(IReadOnlyList<string> fields, IReadOnlyList<string> domains)
{
    /// <summary>The question's top-level domain.</summary>
    public const string Domain = "domain";

    /// <summary>The question's topics within its domain, in the annotator's own words.</summary>
    public const string Topics = "topics";

    /// <summary>The trace's reasoning strategies, in the annotator's own words.</summary>
    public const string Strategies = "strategies";

    /// <summary>How wordy the trace is, 0 to 10.</summary>
    public const string Verbosity = "verbosity";

    private const int LongestName = 80;
    private const int MostNames = 30;

    /// <summary>All fields, in the order of an annotation.</summary>
    public static IReadOnlyList<string> All { get; } = [Domain, Topics, Strategies, Verbosity];

    /// <summary>The 13 top-level domains of the paper (arXiv 2507.01921, section 3).</summary>
    public static IReadOnlyList<string> PaperDomains { get; } =
    [
        "Engineering", "Philosophy", "Medicine", "Economics", "Science", "Law", "History", "Education",
        "Management", "Literature and Arts", "Agronomy", "Sociology", "Military Science",
    ];

    /// <summary>The JSON schema of an object with these fields and no others.</summary>
    public string Schema => CanonicalJson.Write(new JsonObject
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(fields.Select(name => KeyValuePair.Create(name, (JsonNode?)SchemaOf(name)))),
        ["required"] = new JsonArray([.. fields.Select(name => JsonValue.Create(name))]),
        ["additionalProperties"] = false,
    });

    /// <summary>Reads the fields; those that were not asked for are null.</summary>
    /// <exception cref="FormatException">A field is missing or out of range.</exception>
    public AnnotationFields Read(JsonElement json) => new(
        fields.Contains(Domain) ? DomainOf(JsonReply.Text(json, Domain)) : null,
        fields.Contains(Topics) ? NamesOf(json, Topics) : null,
        fields.Contains(Strategies) ? StrategyName.Normal(NamesOf(json, Strategies)) : null,
        fields.Contains(Verbosity) ? JsonReply.Integer(json, Verbosity, 0, 10) : null);

    private JsonObject SchemaOf(string field) => field switch
    {
        Domain => new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. domains.Select(domain => JsonValue.Create(domain))]) },
        Verbosity => new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = 10 },
        _ => new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
    };

    private string DomainOf(string text) =>
        domains.FirstOrDefault(domain => StrategyName.Normal(domain) == StrategyName.Normal(text.Replace("&", "and", StringComparison.Ordinal)))
        ?? throw new FormatException($"'{Domain}' must be one of {string.Join(", ", domains)}");

    private static IReadOnlyList<string> NamesOf(JsonElement json, string field)
    {
        string[] names = [.. JsonReply.Texts(json, field).Select(name => name.Trim()).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
        return names.Length <= MostNames && names.All(name => name.Length <= LongestName)
            ? names
            : throw new FormatException($"'{field}' must have at most {MostNames} names of at most {LongestName} letters");
    }
}
