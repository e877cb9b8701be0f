using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace NaturalThoughts.Serving.Protocol;

/// <summary>Members of a request's JSON object. A missing member and null are the same; another type is refused by name.</summary>
internal sealed class RequestFields
{
    private readonly JsonObject _json;

    private RequestFields(JsonObject json) => _json = json;

    /// <summary>Reads the body of a request.</summary>
    /// <exception cref="RefusedRequestException">It is no JSON object.</exception>
    public static RequestFields Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            if (!Utf8.IsValid(body))
            {
                throw new RefusedRequestException("The body is not UTF-8.");
            }

            if (JsonNode.Parse(body) is JsonObject json)
            {
                _ = json.Count; // reads the members, of which one may be there twice
                return new RequestFields(json);
            }
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new RefusedRequestException("The body cannot be parsed as JSON.");
        }

        throw new RefusedRequestException("The body is not a JSON object.");
    }

    public JsonNode? Node(string name) => _json[name];

    public bool Has(string name) => _json[name] is not null;

    public string? Text(string name) => _json[name] is null ? null : AsText(_json[name], name);

    public bool Flag(string name) => _json[name] switch
    {
        null => false,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        _ => throw Wrong(name, "true or false"),
    };

    public int? Integer(string name, int least, int most) => _json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out int number) && number >= least && number <= most => number,
        _ => throw Wrong(name, $"a whole number from {least} to {most}"),
    };

    public long? Long(string name) => _json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out long number) => number,
        _ => throw Wrong(name, "a whole number"),
    };

    public double? Number(string name, double least, double most) => _json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out double number) && number >= least && number <= most => number,
        _ => throw Wrong(name, FormattableString.Invariant($"a number from {least} to {most}")),
    };

    public JsonObject? Object(string name) => _json[name] switch
    {
        null => null,
        JsonObject value => value,
        _ => throw Wrong(name, "an object"),
    };

    /// <summary>A text or a list of texts; empty where it is missing.</summary>
    public IReadOnlyList<string> Texts(string name) => _json[name] switch
    {
        null => [],
        JsonArray list => [.. list.Select(item => AsText(item, name))],
        var one => [AsText(one, name)],
    };

    public static string AsText(JsonNode? node, string name)
    {
        try
        {
            return node is JsonValue value && value.TryGetValue(out string? text) ? text : throw Wrong(name, "a text");
        }
        catch (InvalidOperationException)
        {
            throw Wrong(name, "a text of valid Unicode");
        }
    }

    public static RefusedRequestException Wrong(string name, string what) => new($"'{name}' must be {what}.", name);
}
