using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Mapping;

/// <summary>Reads values out of rows; a value that is missing or of another kind refuses the row.</summary>
/// <param name="confidential">True where no message may quote what a row says.</param>
internal sealed class RowValues(bool confidential)
{
    /// <summary>The text of a value, white space around it removed; a number as written. Null where an optional value is missing or blank.</summary>
    public string? Text(SourceRow row, RowPath path)
    {
        string? text = path.Find(row.Fields) is { } node ? Scalar(node, path.Text).Trim() : null;
        return text is { Length: > 0 } ? text
            : path.IsOptional ? null
            : text is null ? throw Missing(row, path)
            : throw new RefusedRowException("emptyField", $"The field '{path}' is empty.", "Fill it in, or remove the row.");
    }

    /// <summary>The text of a value that must be there, whatever the path says of it.</summary>
    public string Required(SourceRow row, RowPath path) => Text(row, path) ?? throw Missing(row, path);

    /// <summary>The value; null where an optional one is missing.</summary>
    public JsonNode? Node(SourceRow row, RowPath path) => path.Find(row.Fields) ?? (path.IsOptional ? null : throw Missing(row, path));

    /// <summary>The text of a scalar.</summary>
    public string Scalar(JsonNode node, string name)
    {
        switch (node.GetValueKind())
        {
            case JsonValueKind.String:
                try
                {
                    return node.GetValue<string>();
                }
                catch (InvalidOperationException)
                {
                    throw new RefusedRowException(
                        "damaged", $"The field '{name}' holds half of a character (an escape of a surrogate without its other half).", "Mend the text.");
                }

            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return node.ToJsonString();
            case JsonValueKind kind:
                throw new RefusedRowException(
                    "wrongType", $"The field '{name}' must be a text or a number, not {Words(kind)}.",
                    "Name the value inside of it, such as 'field.text' or 'field[0]'.");
        }
    }

    /// <summary>Input in quotes for a message.</summary>
    public string Quote(string text) => SourceQuote.Of(text, confidential);

    internal static string Words(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => "nothing",
    };

    // The names of a row's fields are its schema, no text of a question.
    private static RefusedRowException Missing(SourceRow row, RowPath path) => new(
        "missingField",
        $"The field '{path}' is missing.",
        row.Fields.ContainsKey(path.Root)
            ? $"Write '{path}?' where rows may lack it."
            : NearestName.Hint(path.Root, [.. row.Fields.Select(field => field.Key)]));
}
