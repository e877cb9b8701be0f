using System.Text.Json.Nodes;

namespace NaturalThoughts.Pages;

/// <summary>
/// Tables of a profile have students in common (most of them Random's): outcomes and digests that two or more tables have are in one part of the data, and
/// a table has their places in it.
/// </summary>
internal sealed class SharedStudents
{
    /// <summary>The name of the part.</summary>
    public const string Part = "students";

    private readonly SharedValues _shared = new();
    private readonly HashSet<string> _common;

    /// <summary>Looks for what tables have in common.</summary>
    public SharedStudents(IEnumerable<ReportTable> tables) => _common =
    [
        .. tables.SelectMany(table => TablePart.OfStudents(table).Select(value => value.ToJsonString()).Distinct(StringComparer.Ordinal))
            .CountBy(text => text, StringComparer.Ordinal).Where(text => text.Value > 1).Select(text => text.Key),
    ];

    /// <summary>The part: what places stand for.</summary>
    public JsonArray Values => _shared.Values;

    /// <summary>A value's place in the part, or the value itself where one table alone has it.</summary>
    public JsonNode? Of(JsonNode? value) => value is not null && _common.Contains(value.ToJsonString()) ? _shared.Place(value) : value;
}
