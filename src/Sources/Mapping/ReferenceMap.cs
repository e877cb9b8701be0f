using System.Text.Json.Serialization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Mapping;

/// <summary>Where the reference answer stands, and how it is written.</summary>
/// <param name="Field">The path of its value.</param>
public sealed record ReferenceMap(string Field)
{
    /// <summary>The answer itself; of a question with options the text of the right one.</summary>
    public const string Text = "text";

    /// <summary>The letter of the right option: <c>B</c>, <c>b</c> or <c>(B)</c>.</summary>
    public const string Letter = "letter";

    /// <summary>The place of the right option, counted from 0.</summary>
    public const string Index = "index";

    /// <summary>The place of the right option, counted from 1.</summary>
    public const string Number = "number";

    /// <summary>How an answer can be written, in ordinal order.</summary>
    public static IReadOnlyList<string> Known { get; } = [Index, Letter, Number, Text];

    /// <summary>One of <see cref="Known"/>.</summary>
    public string As { get; init; } = Text;

    /// <summary>The answer is what follows the last of these marks, such as GSM8K's <c>#### </c>; null for the whole value.</summary>
    public string? After { get; init; }

    /// <summary>True where a free question may lack its answer. Nothing can be graded by it then; no selection but ShortReference looks at it.</summary>
    [JsonIgnore]
    public bool MayLack => Field.EndsWith(RowPath.OptionalMark);

    internal IEnumerable<UserError> Validate(bool hasOptions)
    {
        if (!Known.Contains(As))
        {
            yield return new UserError($"'as' cannot be '{As}'.", "map.reference.as", NearestName.Hint(As, Known));
        }
        else if (hasOptions && MayLack)
        {
            yield return new UserError("A question with options needs its right one.", "map.reference.field", $"Write '{Field[..^1]}'.");
        }
        else if (!hasOptions && As != Text)
        {
            yield return new UserError($"The reference is a {As} of options, but the map has none.", "map.reference.as", "Add 'options', or write 'as: text'.");
        }
    }
}
