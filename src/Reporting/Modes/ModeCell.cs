using System.Text.Json.Serialization;

namespace NaturalThoughts.Reporting.Modes;

/// <summary>Who answers in a row, and how it is asked.</summary>
/// <param name="Address">The row's address below the table.</param>
/// <param name="Student">What the student is called, the same in all of its modes, such as <c>Random/1000/Difficulty</c>.</param>
/// <param name="Mode">The prompt that asks.</param>
/// <param name="Mix">The mix that the student was trained on; null for none.</param>
/// <param name="IsDrawn">True for a mix that is one kind alone or drawn with one probability: those lie on a curve.</param>
/// <param name="Closed">True where its thoughts were closed.</param>
public sealed record ModeCell(
    string Address,
    string Student,
    string Mode,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Mix = null,
    bool IsDrawn = false,
    bool Closed = false);
