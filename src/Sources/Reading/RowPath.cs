using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace NaturalThoughts.Sources.Reading;

/// <summary>
/// Names a value inside of a row: <c>question</c>, <c>doc.question</c>, <c>responses[0].response</c>. A name may hold blanks; one with
/// a dot or a bracket is quoted: <c>doc."a.b"</c>. A negative index counts from the end: <c>messages[-1]</c>. With <c>?</c> at the end
/// the value may be missing.
/// </summary>
public sealed class RowPath
{
    /// <summary>Ends the text of a path whose value a row may lack.</summary>
    public const char OptionalMark = '?';

    private readonly IReadOnlyList<(string? Name, int Index)> _steps;

    private RowPath(string text, bool isOptional, IReadOnlyList<(string? Name, int Index)> steps) => (Text, IsOptional, _steps) = (text, isOptional, steps);

    /// <summary>As written, without the mark of an optional value.</summary>
    public string Text { get; }

    /// <summary>True when a row may lack the value.</summary>
    public bool IsOptional { get; }

    /// <summary>The top-level field.</summary>
    public string Root => _steps[0].Name!;

    /// <summary>Reads a path such as <c>responses[0].text</c>.</summary>
    /// <exception cref="FormatException">The text is no path; the message says why.</exception>
    public static RowPath Parse(string text)
    {
        bool optional = text.EndsWith(OptionalMark);
        string path = optional ? text[..^1] : text;
        List<(string? Name, int Index)> steps = [];
        int at = 0;
        while (at < path.Length || steps.Count == 0)
        {
            steps.Add(at < path.Length && path[at] == '[' && steps.Count > 0 ? Index(text, path, ref at) : Name(text, path, ref at, steps.Count == 0));
        }

        return new RowPath(path, optional, steps);
    }

    /// <summary>The value; null where the row has none or a JSON null.</summary>
    public JsonNode? Find(JsonObject row)
    {
        JsonNode? at = row;
        foreach ((string? name, int index) in _steps)
        {
            at = (at, name) switch
            {
                (JsonObject map, not null) => map.TryGetPropertyValue(name, out JsonNode? value) ? value : null,
                (JsonArray list, null) => Item(list, index),
                _ => null,
            };
        }

        return at;
    }

    /// <inheritdoc />
    public override string ToString() => Text;

    /// <summary>True where what should hold the value is there, whether or not it holds it: a message whose text is null, not a row of another kind.</summary>
    internal bool IsThere(JsonObject row) => new RowPath(Text, IsOptional, [.. _steps.SkipLast(1)]).Find(row) is JsonObject map
        && _steps[^1].Name is { } name && map.ContainsKey(name);

    private static JsonNode? Item(JsonArray list, int index)
    {
        int at = index < 0 ? list.Count + index : index;
        return at >= 0 && at < list.Count ? list[at] : null;
    }

    private static (string? Name, int Index) Index(string text, string path, ref int at)
    {
        int close = path.IndexOf(']', at);
        if (close < 0 || !int.TryParse(path.AsSpan(at + 1, close - at - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index))
        {
            throw new FormatException($"'{text}' is not a path: write an index as [0].");
        }

        at = close + 1;
        return (null, index);
    }

    private static (string? Name, int Index) Name(string text, string path, ref int at, bool first)
    {
        if (!first && (at >= path.Length || path[at++] != '.'))
        {
            throw new FormatException($"'{text}' is not a path: a name follows a dot.");
        }

        StringBuilder name = new();
        if (at < path.Length && path[at] == '"')
        {
            int close = path.IndexOf('"', at + 1);
            if (close < 0)
            {
                throw new FormatException($"'{text}' is not a path: a quote is not closed.");
            }

            name.Append(path, at + 1, close - at - 1);
            at = close + 1;
        }
        else
        {
            int end = path.AsSpan(at).IndexOfAny('.', '[') is int length and >= 0 ? at + length : path.Length;
            name.Append(path, at, end - at);
            at = end;
        }

        return name.Length > 0 ? (name.ToString(), 0) : throw new FormatException($"'{text}' is not a path: a name is empty.");
    }
}
